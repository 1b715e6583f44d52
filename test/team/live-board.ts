import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { OidcConfig } from '../../src/server/oidc/config.ts';
import { startServer } from '../../src/server/run/server.ts';
import type { PolicyDraft } from '../../src/team/protocol/policy.ts';
import { sqliteDatabase } from '../server/store/stores.ts';

/** A real backend that goes by the real time, with an owner and a policy, for clients that are processes of their own. */
export interface LiveBoard {
  readonly address: string;
  /** The secret by which the owner comes in; used already where the board is owned. */
  readonly setUp: string;
  readonly draft: PolicyDraft;
  ask(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  invite(): Promise<string>;
  end(): Promise<void>;
}

const draft: PolicyDraft = {
  ...{ purpose: 'Learn from each other', organisation: 'Acme', contact: null, worksAgreement: null },
  ...{ usedForPay: false, cadence: 'daily', k: 5, topN: 250, quiet: false },
  ...{ metrics: ['fresh', 'tokens'], defaultMetric: 'fresh', budget: null },
};

export interface LiveBoardOptions {
  readonly owned?: boolean;
  /** Where it listens; any free port where left out. */
  readonly port?: number;
  /** People may sign in with a provider, and reach it where it listens. */
  readonly oidc?: OidcConfig;
}

export async function liveBoard({ owned = true, port = 0, oidc }: LiveBoardOptions = {}): Promise<LiveBoard> {
  const database = sqliteDatabase();
  const data = mkdtempSync(join(tmpdir(), 'tokenboard-live-'));
  const server = await startServer({
    config: {
      ...{ port, host: '127.0.0.1', healthPort: 0, data, oidc },
      publicUrl: oidc === undefined ? 'http://127.0.0.1' : undefined,
      ...{ databaseUrl: undefined, trustedProxies: [], logLevel: 'silent' },
    },
    store: await database.open(),
    key: randomBytes(32),
    log: pino({ level: 'silent' }),
    version: '0.0.0',
    // The machine of a test may be busy with others: nobody is turned away for that.
    mostDelayMs: 0,
  });
  let token: string | undefined;
  async function ask(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${server.address}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${text}`);
    return text === '' ? {} : JSON.parse(text);
  }
  const setUp = server.setUpLink?.split('#')[1] ?? '';
  if (owned) {
    const client = { kind: 'web', version: '1.0.0' };
    const joined = await ask('POST', '/v1/join', { invite: setUp, device: randomUUID(), client });
    token = (joined.tokens as { readonly accessToken: string }).accessToken;
    await ask('PUT', '/v1/admin/policy', draft);
  }
  return {
    address: server.address,
    setUp,
    draft,
    ask,
    async invite() {
      const order = { team: null, role: 'member', teamRole: 'member', uses: 1, days: 3 };
      return String((await ask('POST', '/v1/invites', order)).secret);
    },
    async end() {
      await server.stop();
      database.remove();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
