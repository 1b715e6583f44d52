import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** What the backend is started with, checked. */
export interface ServeConfig {
  readonly port: number;
  readonly host: string;
  /** Of /healthz, /readyz and /metrics; 0 for none. */
  readonly healthPort: number;
  /** Where clients reach it, without a slash at the end. */
  readonly publicUrl: string;
  readonly data: string;
  /** `postgres://…`; SQLite in the data folder where undefined. */
  readonly databaseUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly logLevel: string;
}

/** What the command gives by itself. */
export interface Surroundings {
  /** The folder for the server's data where none is named. */
  readonly defaultData: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A wrong flag or setting; the command ends with 2 and says why. */
export function configError(message: string): Error {
  return Object.assign(new Error(message), { usage: true });
}

export const serveFlags = {
  port: { type: 'string' },
  host: { type: 'string' },
  'health-port': { type: 'string' },
  'public-url': { type: 'string' },
  data: { type: 'string' },
  'database-url': { type: 'string' },
  'trust-proxy': { type: 'string', multiple: true },
  'log-level': { type: 'string' },
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
};

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'];
const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Reads flags and environment. Throws a `configError` that says what is wrong and what would be right. */
export function readServeConfig(typed: readonly string[], { defaultData, env }: Surroundings): ServeConfig {
  const values = parse(typed);
  const told = (name: Exclude<keyof typeof serveFlags, 'trust-proxy'>): string | undefined =>
    values[name] ?? (env[serveEnvironment[name]] || undefined);
  const port = portOf('port', told('port'), 4127);
  const host = told('host') ?? '127.0.0.1';
  const databaseUrl = told('database-url');
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw configError('--database-url must begin with postgres:// (without it, SQLite in the data folder is used).');
  }
  const publicUrl = publicUrlOf(told('public-url') ?? `http://${loopback.has(host) ? host : '127.0.0.1'}:${port}`);
  const logLevel = told('log-level') ?? 'info';
  if (!logLevels.includes(logLevel)) throw configError(`--log-level is one of ${logLevels.join(', ')}.`);
  return {
    port,
    host,
    healthPort: portOf('health-port', told('health-port'), 0),
    publicUrl,
    data: told('data') ?? join(defaultData, 'server'),
    databaseUrl,
    trustedProxies: values['trust-proxy'] ?? (env[serveEnvironment['trust-proxy']] ?? '').split(',').filter(Boolean),
    logLevel,
  };
}

function parse(typed: readonly string[]) {
  try {
    return parseArgs({ args: [...typed], options: serveFlags, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw configError(error instanceof Error ? error.message : String(error));
  }
}

function portOf(name: string, told: string | undefined, usual: number): number {
  if (told === undefined) return usual;
  const port = Number(told);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw configError(`--${name} is a number from 0 to 65535.`);
  return port;
}

/** Plain http would send tokens in the clear, so it is for this machine alone. */
function publicUrlOf(told: string): string {
  let url: URL;
  try {
    url = new URL(told);
  } catch {
    throw configError('--public-url is where people reach the board, like https://board.example.org.');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.has(url.hostname.replace(/^\[|\]$/g, '')))) {
    throw configError(
      '--public-url must be https: invites and tokens would be readable on the way (http is for this machine alone).',
    );
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw configError('--public-url has no path: the board stands at the top of its host.');
  }
  return url.origin;
}
