import { getCACertificates } from 'node:tls';
import type { HttpSettings } from '../http.ts';
import type { NetworkSettings } from './thread-protocol.ts';

/** The way to a server as the editor would go it: its proxy, its exceptions, its certificates. */
export function httpSettings(network: NetworkSettings, host: string, userAgent: string): HttpSettings {
  return { userAgent, proxy: proxyFor(network, host), ca: trusted(network) };
}

function proxyFor({ proxies, proxy, noProxy }: NetworkSettings, host: string): string {
  if (!proxies) return 'none';
  if (proxy === '' || !URL.canParse(proxy)) return 'environment';
  return noProxy.some((entry) => isMeant(entry, host)) ? 'none' : proxy;
}

/** An exception as it is written everywhere: `example.org`, `.example.org`, `*.example.org`, `*`, each with a port or without. */
function isMeant(entry: string, host: string): boolean {
  const name = entry.trim().toLowerCase().replace(/:\d+$/, '');
  if (name === '*') return true;
  const domain = name.replace(/^\*?\./, '');
  const asked = host.toLowerCase();
  return domain !== '' && (asked === domain || asked.endsWith(`.${domain}`));
}

let systemCertificates: readonly string[] | undefined;

/** The system's store takes long to be read the first time. */
function trusted(network: NetworkSettings): readonly string[] {
  if (typeof getCACertificates !== 'function') return [];
  const extra = getCACertificates('extra');
  if (!network.systemCertificates) return extra;
  systemCertificates ??= getCACertificates('system');
  return [...systemCertificates, ...extra];
}
