import { join } from 'node:path';
import { buildApart } from './build-apart.ts';
import { readServeConfig, type ServeConfig, type Surroundings, usualUrl } from './config.ts';
import { isLoopback } from './config-error.ts';
import { keepToOneself } from './data-folder.ts';
import { takeLittleMemory } from './little-memory.ts';
import { logger } from './logger.ts';
import { buildPlace, openStore } from './open-store.ts';
import { type RunningServer, startServer } from './server.ts';
import { serverKey } from './server-key.ts';

export const serveHelp = `tokenboard serve: the sync backend of a team board

Usage: tokenboard serve [flags]

Without any flag it keeps its data in a folder of this user, listens on this
machine alone, and prints a link by which the first owner comes in. The owner
states what the board is for, and then has invite links for the others.

Flags, each with its environment variable
  --port N             default 4127              TOKENBOARD_PORT
  --host ADDRESS       default 127.0.0.1         TOKENBOARD_HOST
  --public-url URL     where people reach it     TOKENBOARD_PUBLIC_URL
                       (https, but on this machine)
  --data DIR           its folder                TOKENBOARD_SERVER_DATA
  --database-url URL   postgres://… instead of   DATABASE_URL
                       SQLite in that folder
  --health-port N      /healthz, /readyz and     TOKENBOARD_HEALTH_PORT
                       /metrics; default none
  --trust-proxy ADDR   a proxy whose word on     TOKENBOARD_TRUST_PROXY
                       addresses is believed;
                       may be repeated
  --log-level LEVEL    debug, info, warn, error  TOKENBOARD_LOG_LEVEL
                       or silent; default info
  -h, --help           show this

Sign-in with your organisation's OpenID provider, besides invites
  --oidc-issuer URL             https://login.example.org
  --oidc-client-id ID
  --oidc-client-secret-file F   or TOKENBOARD_OIDC_CLIENT_SECRET
  --oidc-email-domain DOMAIN    who may join; may be repeated
  --oidc-group GROUP            who may join; may be repeated
  --oidc-everyone               everyone whom the provider lets in
  --oidc-group-claim NAME       default groups
  --oidc-admin-group GROUP      its members are admins of the board
  --oidc-scope SCOPES           default what the rules need
  --oidc-parameters QUERY       like access_type=offline&prompt=consent
  --oidc-recheck-minutes N      default 10: how old the provider's word
                                on a member may be at a refresh
  --oidc-grace-hours N          default 72: how long a provider that is
                                down is done without
  --oidc-absence-days N         default 7: when whoever is not confirmed
                                any more, and so hidden, is erased
Each has its variable, as in TOKENBOARD_OIDC_ISSUER; several domains stand
between commas, several groups between semicolons, in ..._EMAIL_DOMAINS and
..._GROUPS. The provider is told the address PUBLIC-URL/v1/auth/oidc/callback.

Several processes on one PostgreSQL share TOKENBOARD_SERVER_KEY (64 hex
digits); a single one keeps its key in its folder.

Examples
  tokenboard serve
  tokenboard serve --public-url https://board.example.org --data /srv/board
`;

/** Runs the backend until it is told to end; resolves with the exit code. */
export async function serveCommand(typed: readonly string[], surroundings: Surroundings): Promise<number> {
  if (typed.includes('--help') || typed.includes('-h')) {
    process.stdout.write(serveHelp);
    return 0;
  }
  const config = readServeConfig(typed, surroundings);
  // Who starts it may end it at any moment, and as gracefully.
  const isToEnd = ended();
  const log = logger(config.logLevel);
  keepToOneself();
  takeLittleMemory();
  const key = serverKey(config.data, surroundings.env);
  const store = await openStore(config);
  let server: RunningServer;
  try {
    const build = buildApart(buildPlace(config), join(__dirname, 'server-boards.js'));
    server = await startServer({ config, store, key, log, version: surroundings.version, build });
  } catch (error) {
    await store.close();
    throw error;
  }
  tell(server, config);
  await isToEnd;
  log.info('stopping: requests that are under way are finished first');
  await server.stop();
  return 0;
}

/** Said to the person at the terminal; the log on standard output is for machines, and holds no link. */
function tell({ address, publicUrl, healthAddress, setUpLink }: RunningServer, config: ServeConfig): void {
  const lines = [`The board listens at ${address}${publicUrl === address ? '' : `, for people at ${publicUrl}`}.`];
  if (healthAddress !== undefined) lines.push(`Health and measures are at ${healthAddress}.`);
  if (config.publicUrl === undefined && !isLoopback(config.host)) {
    lines.push('Others cannot join yet: say with --public-url by which https address people reach it.');
  }
  if (setUpLink === undefined)
    lines.push(`Invites: tokenboard admin invite${publicUrl === usualUrl ? '' : ` --public-url ${publicUrl}`}`);
  else {
    lines.push(
      'It has no owner yet. Open this link once in a browser to become its owner:',
      '',
      `  ${setUpLink}`,
      '',
      'Whoever has the link can do so; it holds for 14 days.',
    );
  }
  process.stderr.write(`${lines.join('\n')}\n`);
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}
