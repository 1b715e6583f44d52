import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { type RunningServer, startServer } from '../../../src/server/run/server.ts';
import { postgresDatabase, type TestDatabase } from '../store/stores.ts';
import { signedIn } from '../web/browsing.ts';
import { consentOf, type World, world } from './world.ts';

const minute = 60_000;
const most = 300;

describe('how often one may try to join', function () {
  this.timeout(60_000);
  const start = Date.parse('2026-11-20T12:00Z');
  const clock = { now: start };
  const data = mkdtempSync(join(tmpdir(), 'tokenboard-rates-'));
  const logged: string[] = [];
  let database: TestDatabase;
  let servers: RunningServer[];
  before(async () => {
    database = await postgresDatabase();
    const key = randomBytes(32);
    const sink = new Writable({
      write(chunk, _encoding, done) {
        logged.push(String(chunk));
        done();
      },
    });
    servers = [];
    for (const folder of ['a', 'b']) {
      const server = await startServer({
        config: {
          port: 0,
          host: '127.0.0.1',
          healthPort: undefined,
          publicUrl: 'https://board.example.org',
          data: join(data, folder),
          databaseUrl: undefined,
          trustedProxies: ['127.0.0.1'],
          logLevel: 'debug',
          oidc: undefined,
        },
        store: await database.open(),
        key,
        log: pino({ level: 'debug' }, sink),
        version: '0.0.0',
        now: () => clock.now,
        mostDelayMs: 0,
      });
      servers.push(server);
    }
  });
  after(async () => {
    for (const server of servers) await server.stop();
    database.remove();
    rmSync(data, { recursive: true, force: true });
  });
  beforeEach(() => {
    clock.now += 10 * minute;
  });

  function tryFrom(address: string, server: number): Promise<Response> {
    return fetch(`${servers[server]?.address}/v1/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: '{}',
    });
  }

  /** How many of so many tries, from these addresses in turn, were refused for their number. */
  async function refused(tries: number, addresses: readonly string[]): Promise<number> {
    const all = Array.from({ length: tries }, async (_, i) => {
      const answer = await tryFrom(addresses[i % addresses.length] ?? '', i % servers.length);
      await answer.text();
      return answer.status;
    });
    return (await Promise.all(all)).filter((status) => status === 429).length;
  }

  it('is one count for two servers on one store', async () => {
    assert.equal(await refused(most + 7, ['10.1.1.1']), 7);
    assert.equal(await refused(2, ['10.1.1.2']), 0);
  });

  it('is told to who is refused, by a problem and the seconds to wait, and to nobody else', async () => {
    assert.equal(await refused(most, ['10.1.1.1']), 0);
    clock.now += minute - 12_345;
    const answer = await tryFrom('10.1.1.1', 1);
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get('retry-after'), '13');
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const { code, status, retryAfterSec } = (await answer.json()) as Record<string, unknown>;
    assert.deepEqual({ code, status, retryAfterSec }, { code: 'rate_limited', status: 429, retryAfterSec: 13 });
    const other = await tryFrom('10.1.1.2', 0);
    await other.text();
    assert.deepEqual([other.status, other.headers.get('x-ratelimit-limit')], [422, null]);
    clock.now += 12_345;
    assert.equal(await refused(1, ['10.1.1.1']), 0);
  });

  it('is one count for a network, for a machine has as many IPv6 addresses as it likes', async () => {
    assert.equal(await refused(most, ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9']), 0);
    assert.equal(await refused(2, ['2001:db8:1:2::77']), 2);
    assert.equal(await refused(2, ['2001:db8:1:3::1']), 0);
    assert.equal(await refused(most + 1, ['::ffff:10.0.0.1', '10.0.0.1']), 1);
  });

  it('is kept without any address', async () => {
    await refused(1, ['10.99.88.77']);
    const rows = await database.rows('SELECT * FROM rate');
    assert.ok(rows.length > 0);
    for (const { subject } of rows) assert.match(String(subject), /^[0-9a-f]{32}$/);
    assert.ok(!JSON.stringify([rows, logged]).includes('10.99.88.77'));
  });
});

describe('what is bounded', function () {
  this.timeout(60_000);
  let at: World;
  before(async () => {
    at = await world('postgres');
  });
  after(() => at.end());

  it('is one count for the pages and the endpoints', async () => {
    const ann = await at.join('Ann');
    const browser = await signedIn(at, ann);
    const ask = () => at.ask('GET', '/v1/me/export', { token: ann.tokens.accessToken });
    for (let i = 0; i < 15; i++) {
      assert.equal((await ask()).status, 200);
      assert.equal((await browser.send('/me/export')).status, 200);
    }
    assert.equal((await browser.send('/me/export')).location, '/me?said=rate_limited');
    assert.equal((await ask()).status, 429);
  });

  it('is not done where it cannot be counted', async () => {
    const invite = await at.invite();
    await at.database.rows('ALTER TABLE rate RENAME TO elsewhere');
    const tries = { invite, device: randomUUID(), client: { kind: 'editor', version: '1.0.0' } };
    const body = { ...tries, consent: consentOf(at.policy, 'Bob') };
    const members = () => at.database.rows('SELECT count(*) AS members FROM member');
    const before = await members();
    const answer = await at.ask('POST', '/v1/join', { body });
    assert.deepEqual([answer.status, answer.body.code], [500, 'internal_error']);
    assert.deepEqual(await members(), before);
    await at.database.rows('ALTER TABLE elsewhere RENAME TO rate');
    await at.join('Bob', {}, invite);
  });
});
