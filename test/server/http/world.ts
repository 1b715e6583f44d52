import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { OidcConfig } from '../../../src/server/oidc/config.ts';
import { type RunningServer, startServer } from '../../../src/server/run/server.ts';
import type { Store } from '../../../src/server/store/store.ts';
import type { Snapshot } from '../../../src/team/protocol/board.ts';
import type { ConsentChoice } from '../../../src/team/protocol/consent.ts';
import type { TokenPair } from '../../../src/team/protocol/join.ts';
import type { Policy, PolicyDraft } from '../../../src/team/protocol/policy.ts';
import type { Cell } from '../../../src/team/protocol/sync.ts';
import { postgresDatabase, sqliteDatabase, type TestDatabase } from '../store/stores.ts';

export const dayMs = 86_400_000;

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is read as JSON of any shape, as a client would.
  readonly body: any;
}

export interface AskOptions {
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Member {
  readonly name: string;
  readonly id: number;
  readonly device: number;
  readonly uuid: string;
  tokens: TokenPair;
}

/** A real server on a real store, whose clock the test turns. */
export interface World {
  readonly database: TestDatabase;
  readonly store: Store;
  readonly server: RunningServer;
  readonly owner: Member;
  readonly policy: Policy;
  /** Everything that the server has logged. */
  readonly logged: string[];
  readonly clock: { now: number };
  ask(method: string, path: string, options?: AskOptions): Promise<Answer>;
  invite(changes?: object, token?: string): Promise<string>;
  join(name: string, choice?: Partial<ConsentChoice>, invite?: string): Promise<Member>;
  /** Adds a device to a member by its code. */
  joinDevice(code: string): Promise<Member>;
  /** Takes a policy that was stated otherwise as the one to agree to. */
  adopt(policy: Policy): void;
  sync(member: Member, cells: readonly Cell[], more?: object): Promise<Answer>;
  state(changes: Partial<PolicyDraft>): Promise<Policy>;
  board(member: Member, query?: string, board?: number): Promise<Snapshot>;
  /** Lets a day pass, renews tokens, and has the boards built. */
  tomorrow(...members: Member[]): Promise<void>;
  /** The server is started anew on the same store. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

const draft: PolicyDraft = {
  purpose: 'Learn from each other',
  organisation: 'Acme',
  contact: null,
  worksAgreement: null,
  usedForPay: false,
  cadence: 'daily',
  k: 5,
  topN: 250,
  quiet: false,
  metrics: ['fresh', 'tokens', 'cost', 'cacheShare', 'activeDays', 'models'],
  defaultMetric: 'fresh',
  budget: null,
};

export interface WorldOptions {
  /** There is an owner; default true. Without one people reach the server where it listens. */
  readonly owned?: boolean;
  /** The owner has stated a policy already; default true. */
  readonly stated?: boolean;
  /** What its clock shows at first, epoch milliseconds. */
  readonly now?: number;
  /** People may sign in with a provider. */
  readonly oidc?: OidcConfig | undefined;
  /** People reach it where it listens, by http, also with an owner; default false. */
  readonly local?: boolean;
  /** A database that is there already, with its owner and policy; default a new one. */
  readonly found?: TestDatabase;
}

export async function world(
  kind: Store['kind'] = 'sqlite',
  {
    owned = true,
    stated = owned,
    now = Date.parse('2026-11-20T12:00Z'),
    local = !owned,
    oidc,
    found,
  }: WorldOptions = {},
): Promise<World> {
  const database = found ?? (kind === 'sqlite' ? sqliteDatabase() : await postgresDatabase());
  const data = mkdtempSync(join(tmpdir(), 'tokenboard-server-'));
  const key = randomBytes(32);
  const clock = { now };
  const logged: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const start = async () => {
    const store = await database.open();
    const server = await startServer({
      config: {
        port: 0,
        host: '127.0.0.1',
        healthPort: undefined,
        publicUrl: local ? undefined : 'https://board.example.org',
        data,
        databaseUrl: undefined,
        trustedProxies: [],
        logLevel: 'debug',
        oidc,
      },
      store,
      key,
      log: pino({ level: 'debug' }, sink),
      version: '0.0.0',
      now: () => clock.now,
      // The machine of a test may be busy with others: nobody is turned away for that.
      mostDelayMs: 0,
    });
    return { store, server };
  };
  let running = await start();
  let policy = {} as Policy;

  async function ask(method: string, path: string, { body, token, headers = {} }: AskOptions = {}): Promise<Answer> {
    const response = await fetch(`${running.server.address}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  }

  async function ok(method: string, path: string, options: AskOptions = {}) {
    const answer = await ask(method, path, options);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async function join_(name: string, choice: Partial<ConsentChoice> | null, invite: string): Promise<Member> {
    const uuid = randomUUID();
    const { member, device, tokens } = await ok('POST', '/v1/join', {
      body: {
        invite,
        device: uuid,
        client: { kind: 'editor', version: '1.0.0' },
        ...(choice === null ? {} : { consent: consentOf(policy, name, choice) }),
      },
    });
    return { name, id: member, device, uuid, tokens };
  }

  const end = async (): Promise<void> => {
    await running.server.stop();
    database.remove();
    rmSync(data, { recursive: true, force: true });
  };
  const setUp = running.server.setUpLink?.split('#')[1] ?? '';
  const owner = owned
    ? await join_('Owner', null, setUp).catch(async (error) => {
        // What is left open would keep the tests' process alive.
        await end();
        throw error;
      })
    : ({} as Member);
  const state = async (changes: Partial<PolicyDraft>) => {
    policy = await ok('PUT', '/v1/admin/policy', {
      body: { ...draft, ...changes },
      token: owner.tokens.accessToken,
    });
    return policy;
  };
  if (stated) await state({});
  const invite = async (changes: object = {}, token = owner.tokens.accessToken): Promise<string> => {
    const order = { team: null, role: 'member', teamRole: 'member', uses: 1, days: 3, ...changes };
    return (await ok('POST', '/v1/invites', { body: order, token })).secret;
  };

  return {
    database,
    get store() {
      return running.store;
    },
    get server() {
      return running.server;
    },
    owner,
    get policy() {
      return policy;
    },
    logged,
    clock,
    ask,
    invite,
    join: async (name, choice = {}, link) => join_(name, choice, link ?? (await invite())),
    joinDevice: (code) => join_('', null, code),
    adopt(stated) {
      policy = stated;
    },
    sync: (member, cells, more = {}) =>
      ask('POST', '/v1/sync', {
        token: member.tokens.accessToken,
        body: { v: 1, seq: 1, policyVersion: policy.version, client: '1.0.0', cells, ...more },
      }),
    state,
    board: (member, query = '', board = 0) =>
      ok('GET', `/v1/boards/${board}${query}`, { token: member.tokens.accessToken }),
    async tomorrow(...members) {
      clock.now += dayMs;
      for (const member of new Set([owner, ...members])) {
        member.tokens = await ok('POST', '/v1/auth/refresh', { body: { refreshToken: member.tokens.refreshToken } });
      }
      await running.server.leader.work();
    },
    async restart() {
      await running.server.stop();
      running = await start();
    },
    end,
  };
}

/** A consent to a policy; by name where nothing else is chosen. */
export function consentOf(policy: Policy, name: string, choice: Partial<ConsentChoice> = {}): ConsentChoice {
  return {
    policyVersion: policy.version,
    policySha256: policy.sha256,
    visibility: 'named',
    boards: [],
    models: true,
    badges: true,
    timeBadges: false,
    displayName: name,
    ...choice,
  };
}

/** A cell of one million fresh tokens, on the day before the tests' last. */
export function cell(changes: Partial<Cell> = {}): Cell {
  return {
    day: '2026-11-20',
    tool: 'claude-code',
    model: 'claude-opus-4-5',
    rev: 1,
    in: 1_000_000,
    out: 0,
    cr: 0,
    cw: 0,
    cw1: 0,
    rs: 0,
    req: 1,
    est: false,
    usd: 5_000_000,
    pv: 'test',
    ...changes,
  };
}
