import { existsSync, readlinkSync } from 'node:fs';

/** Names that are those of places: what else there is are other names of these, of which Intl knows which is meant. */
const place =
  /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)(?:\/[A-Za-z_-]+){1,2}$/;

/**
 * The IANA name of the machine's own zone where the system has it written down; undefined where only Intl can tell, which
 * takes a seventh of the whole answer to be ready.
 */
export function ownZoneName(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return undefined;
  if (env.TZ === 'UTC') return env.TZ;
  if (env.TZ) return place.test(env.TZ) && existsSync(`/usr/share/zoneinfo/${env.TZ}`) ? env.TZ : undefined;
  try {
    const name = /\/zoneinfo\/(.+)$/.exec(readlinkSync('/etc/localtime'))?.[1] ?? '';
    if (name === 'UTC' || name === 'Etc/UTC') return 'UTC';
    return place.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}
