import { isIP } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type OidcConfig, oidcEnvironment, oidcFlags, readOidcConfig } from '../oidc/config.ts';
import { configError, flagError, isLoopback } from './config-error.ts';

/** What the backend is started with, checked. */
export interface ServeConfig {
  readonly port: number;
  readonly host: string;
  /** Of /healthz, /readyz and /metrics; 0 for any that is free, undefined for none. */
  readonly healthPort: number | undefined;
  /** Where clients reach it, without a slash at the end; where it listens, if undefined. */
  readonly publicUrl: string | undefined;
  readonly data: string;
  /** `postgres://…`; SQLite in the data folder where undefined. */
  readonly databaseUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly logLevel: string;
  /** The organisation's sign-in; undefined where people join by invite alone. */
  readonly oidc?: OidcConfig | undefined;
}

/** What the command gives by itself. */
export interface Surroundings {
  /** The folder for the server's data where none is named. */
  readonly defaultData: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const usualPort = '4127';
/** Where a board listens that is started without a flag. */
export const usualUrl = `http://127.0.0.1:${usualPort}`;

export const serveFlags = {
  port: { type: 'string' },
  host: { type: 'string' },
  'health-port': { type: 'string' },
  'public-url': { type: 'string' },
  data: { type: 'string' },
  'database-url': { type: 'string' },
  'trust-proxy': { type: 'string', multiple: true },
  'log-level': { type: 'string' },
  ...oidcFlags,
} as const;

/** Each flag may be set in the environment instead; a flag wins. */
export const serveEnvironment: Readonly<Record<keyof typeof serveFlags, string>> = {
  port: 'TOKENBOARD_PORT',
  host: 'TOKENBOARD_HOST',
  'health-port': 'TOKENBOARD_HEALTH_PORT',
  'public-url': 'TOKENBOARD_PUBLIC_URL',
  data: 'TOKENBOARD_SERVER_DATA',
  'database-url': 'DATABASE_URL',
  'trust-proxy': 'TOKENBOARD_TRUST_PROXY',
  'log-level': 'TOKENBOARD_LOG_LEVEL',
  ...oidcEnvironment,
};

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'];

/** Reads flags and environment. Throws a `configError` that says what is wrong and what would be right. */
export function readServeConfig(typed: readonly string[], { defaultData, env }: Surroundings): ServeConfig {
  const values = parse(typed);
  const told = (name: Exclude<keyof typeof serveFlags, 'trust-proxy' | keyof typeof oidcFlags>): string | undefined =>
    given(name, values[name]) ?? (env[serveEnvironment[name]] || undefined);
  const host = told('host') ?? '127.0.0.1';
  const databaseUrl = told('database-url');
  checkDatabaseUrl(databaseUrl);
  const publicUrl = told('public-url');
  const oidc = readOidcConfig(values, env);
  const logLevel = told('log-level') ?? 'info';
  if (!logLevels.includes(logLevel)) throw configError(`--log-level is one of ${logLevels.join(', ')}.`);
  return {
    port: portOf('port', told('port') ?? usualPort),
    host,
    healthPort: told('health-port') === undefined ? undefined : portOf('health-port', told('health-port')),
    publicUrl: publicUrl === undefined ? undefined : publicUrlOf(publicUrl),
    data: told('data') ?? join(defaultData, 'server'),
    databaseUrl,
    trustedProxies: proxiesOf(values['trust-proxy'] ?? (env[serveEnvironment['trust-proxy']] ?? '').split(',')),
    logLevel,
    ...(oidc === undefined ? {} : { oidc }),
  };
}

function parse(typed: readonly string[]) {
  try {
    return parseArgs({ args: [...typed], options: serveFlags, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw flagError(error, 'serve');
  }
}

function given(name: string, typed: string | undefined): string | undefined {
  if (typed === '') throw configError(`--${name} is empty.`);
  return typed;
}

function portOf(name: string, told: string | undefined): number {
  const port = Number(told);
  if (!/^[0-9]{1,5}$/.test(told ?? '') || port > 65_535) throw configError(`--${name} is a number from 0 to 65535.`);
  return port;
}

/** Throws where a database's address is none. It may hold a password, so it is never repeated. */
export function checkDatabaseUrl(told: string | undefined, flag = '--database-url'): void {
  if (told === undefined) return;
  if (!/^postgres(ql)?:\/\//.test(told)) {
    throw configError(`${flag} must begin with postgres://.`);
  }
  if (!URL.canParse(told)) {
    throw configError(`${flag} is no address: postgres://user:password@host:5432/database, %-encoded where needed.`);
  }
}

const namedRanges = new Set(['loopback', 'linklocal', 'uniquelocal']);

function proxiesOf(told: readonly string[]): readonly string[] {
  const proxies = told.map((one) => one.trim()).filter(Boolean);
  for (const proxy of proxies) {
    const [address = '', bits, ...more] = proxy.split('/');
    const most = isIP(address) === 6 ? 128 : 32;
    const range = bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= most);
    if (!namedRanges.has(proxy) && (isIP(address) === 0 || !range || more.length > 0)) {
      throw configError('--trust-proxy is the address of your proxy, or a range of them like 10.0.0.0/8.');
    }
  }
  return proxies;
}

/** Plain http would send tokens in the clear, so it is for this machine alone. */
export function publicUrlOf(told: string): string {
  let url: URL;
  try {
    url = new URL(told);
  } catch {
    throw configError('--public-url is where people reach the board, like https://board.example.org.');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw configError(
      '--public-url must be https: invites and tokens would be readable on the way (http is for this machine alone).',
    );
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw configError('--public-url has no path: the board stands at the top of its host.');
  }
  return url.origin;
}
