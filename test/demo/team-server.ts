import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { startServer } from '../../src/server/run/server.ts';
import { openSqliteStore } from '../../src/server/store/sqlite-store.ts';
import type { TokenPair } from '../../src/team/protocol/join.ts';
import type { Policy, PolicyDraft } from '../../src/team/protocol/policy.ts';
import { type DemoPerson, demoPeople, demoTeams } from './team-people.ts';

/** A board of made-up people on this machine, and a link by which one can join it. */
export interface DemoTeam {
  readonly link: string;
  close(): Promise<void>;
}

const dayMs = 86_400_000;
const days = 31;
const thread = new URL('../../src/server/store/sqlite-thread.ts', import.meta.url);

const draft: PolicyDraft = {
  organisation: 'Demo team (made up)',
  purpose:
    'To try Tokenboard’s team board on this machine. Its 24 people do not exist, and it goes away with the demo.',
  contact: null,
  worksAgreement: null,
  usedForPay: false,
  // So that one’s own figures are there at once.
  cadence: 'live',
  k: 5,
  topN: 250,
  quiet: false,
  metrics: ['fresh', 'tokens', 'cost', 'cacheShare', 'activeDays', 'models'],
  defaultMetric: 'fresh',
  budget: null,
};

/**
 * Starts the real backend on this machine alone, has the made-up people join a month ago by its own clock and share a month of
 * days through its own interface, and publishes their board once. From then on its clock is the machine's.
 */
export async function startDemoTeam(folder: string): Promise<DemoTeam> {
  mkdirSync(folder, { recursive: true });
  const start = Date.now();
  let behindMs = days * dayMs;
  const store = await openSqliteStore({ file: join(folder, 'server.db'), thread });
  const server = await startServer({
    config: {
      ...{ port: 0, host: '127.0.0.1', healthPort: undefined, publicUrl: undefined, data: folder },
      ...{ databaseUrl: undefined, trustedProxies: [], logLevel: 'silent' },
    },
    store,
    key: randomBytes(32),
    log: pino({ level: 'silent' }),
    version: 'demo',
    now: () => Date.now() - behindMs,
  });
  const ask = asker(server.address);
  const secret = server.setUpLink?.split('#')[1] ?? '';
  const owner = await ask('POST', '/v1/join', { invite: secret, device: randomUUID(), client });
  const policy = await ask('PUT', '/v1/admin/policy', draft, owner.tokens.accessToken);
  const invites: string[] = [];
  for (const name of demoTeams) {
    const { id } = await ask('POST', '/v1/teams', { name }, owner.tokens.accessToken);
    const order = { team: id, role: 'member', teamRole: 'member', uses: 100, days: 14 };
    invites.push((await ask('POST', '/v1/invites', order, owner.tokens.accessToken)).secret);
  }
  const joined: Joined[] = [];
  for (const person of demoPeople(start, days - 1)) {
    const consent = consentOf(policy, person);
    const body = { invite: invites[person.team], device: randomUUID(), client, consent };
    const { tokens } = await ask('POST', '/v1/join', body);
    joined.push({ person, refreshToken: tokens.refreshToken });
  }
  // Refresh tokens hold for 30 days, so the month passes in two steps.
  behindMs = 2 * dayMs;
  for (const one of joined) one.refreshToken = (await renew(ask, one.refreshToken)).refreshToken;
  const renewed = await renew(ask, owner.tokens.refreshToken);
  behindMs = 0;
  await share(ask, joined, policy);
  const again = await renew(ask, renewed.refreshToken);
  await server.leader.work();
  const order = { team: null, role: 'member', teamRole: 'member', uses: 100, days: 14 };
  const { url } = await ask('POST', '/v1/invites', order, again.accessToken);
  return { link: url, close: () => server.stop() };
}

const client = { kind: 'command', version: '1.0.0' };

interface Joined {
  readonly person: DemoPerson;
  refreshToken: string;
}

function renew(ask: ReturnType<typeof asker>, refreshToken: string): Promise<TokenPair> {
  return ask('POST', '/v1/auth/refresh', { refreshToken });
}

async function share(ask: ReturnType<typeof asker>, joined: readonly Joined[], policy: Policy): Promise<void> {
  for (const { person, refreshToken } of joined) {
    const { accessToken } = await renew(ask, refreshToken);
    const { cells, badges } = person;
    const body = { v: 1, seq: 1, policyVersion: policy.version, client: '1.0.0', cells, badges };
    const { rejected } = await ask('POST', '/v1/sync', body, accessToken);
    if (rejected.length > 0) throw new Error(`The demo team's figures were refused: ${JSON.stringify(rejected[0])}`);
  }
}

function consentOf(policy: Policy, { name, visibility }: DemoPerson) {
  return {
    policyVersion: policy.version,
    policySha256: policy.sha256,
    visibility,
    boards: [],
    models: true,
    badges: true,
    timeBadges: false,
    displayName: visibility === 'named' ? name : null,
  };
}

function asker(origin: string) {
  return async (method: string, path: string, body: unknown, token?: string) => {
    const response = await fetch(origin + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok)
      throw new Error(`The demo team could not be made: ${path}: ${response.status} ${await response.text()}`);
    // biome-ignore lint/suspicious/noExplicitAny: an answer of any endpoint.
    return (await response.json()) as any;
  };
}
