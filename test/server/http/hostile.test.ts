import assert from 'node:assert/strict';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { maxBodyBytes } from '../../../src/team/protocol/limits.ts';
import { cell, type Member, type World, world } from './world.ts';

const injections = [
  "'; DROP TABLE member; --",
  '" OR 1=1 --',
  "' UNION SELECT * FROM token --",
  '$1); DELETE FROM cell; --',
  'Robert\u0000',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'a\r\nSet-Cookie: x=1',
  '%0d%0aX-Evil: 1',
  '$'.concat('{process.env.HOME}'),
];

describe('a hostile client', function () {
  this.timeout(120_000);
  let at: World;
  let member: Member;
  before(async () => {
    at = await world();
    member = await at.join('Somebody');
  });
  after(() => at.end());

  const send = (body: Buffer, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(at.server.address);
      const sent = request(
        {
          hostname,
          port,
          method: 'POST',
          path: '/v1/sync',
          headers: {
            authorization: `Bearer ${member.tokens.accessToken}`,
            'content-type': 'application/json',
            'content-length': body.length,
            ...headers,
          },
        },
        (response) => {
          let text = '';
          response.on('data', (chunk) => {
            text += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  const syncBody = () => ({ v: 1, seq: 1, policyVersion: 1, client: '1.0.0', cells: [cell()] });

  it('may send 128 KiB and not a byte more', async () => {
    const text = JSON.stringify(syncBody());
    const most = Buffer.from(text.padEnd(maxBodyBytes));
    assert.equal((await send(most)).status, 200);
    const over = await send(Buffer.from(text.padEnd(maxBodyBytes + 1)));
    assert.deepEqual([over.status, JSON.parse(over.text).code], [413, 'body_too_large']);
  });

  it('may gzip, but not a bomb', async () => {
    const gzip = { 'content-encoding': 'gzip' };
    assert.equal((await send(gzipSync(JSON.stringify(syncBody())), gzip)).status, 200);
    const before = process.memoryUsage().rss;
    const bomb = await send(gzipSync(Buffer.alloc(100_000_000, 0x20)), gzip);
    assert.equal(bomb.status, 413);
    assert.ok(process.memoryUsage().rss - before < 150_000_000);
    assert.equal((await send(Buffer.from('not gzip'), gzip)).status, 400);
    assert.equal((await send(Buffer.from('x'), { 'content-encoding': 'br' })).status, 415);
  });

  it('is answered with problems, never with what it sent or with a 500', async () => {
    assert.equal((await send(Buffer.from('{'))).status, 400);
    assert.equal((await send(Buffer.from('x'), { 'content-type': 'text/plain' })).status, 415);
    const deep = Buffer.from('['.repeat(60_000));
    assert.ok([400, 422].includes((await send(deep)).status));
    for (const text of injections) {
      for (const changes of [{ model: text }, { tool: text }, { day: text }, { pv: text }]) {
        const answer = await at.sync(member, [{ ...cell(), ...changes } as never]);
        assert.equal(answer.status, 422, JSON.stringify(changes));
        assert.ok(!answer.text.includes(text));
      }
      const token = at.owner.tokens.accessToken;
      const team = await at.ask('POST', '/v1/teams', { token, body: { name: text.slice(0, 40) } });
      assert.ok([200, 422].includes(team.status), team.text);
      for (const path of [
        `/v1/boards/${encodeURIComponent(text)}`,
        `/v1/boards/0?window=${encodeURIComponent(text)}`,
      ]) {
        const answer = await at.ask('GET', path, { token: member.tokens.accessToken });
        assert.ok([404, 414, 422].includes(answer.status), `${path} ${answer.status}`);
        assert.equal(answer.headers.get('set-cookie'), null);
        assert.equal(answer.headers.get('x-evil'), null);
      }
    }
    const [{ members }] = (await at.database.rows('SELECT count(*) AS members FROM member')) as [{ members: number }];
    assert.ok(Number(members) >= 2);
  });

  it('cannot write from a page of another origin, and no page may read', async () => {
    const token = member.tokens.accessToken;
    const foreign = { origin: 'https://evil.example' };
    const write = await at.ask('DELETE', '/v1/me', { token, headers: foreign });
    assert.deepEqual([write.status, write.body.code], [403, 'foreign_origin']);
    const read = await at.ask('GET', '/v1/me', { token, headers: foreign });
    assert.equal(read.headers.get('access-control-allow-origin'), null);
    assert.match(read.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal(read.headers.get('x-content-type-options'), 'nosniff');
  });

  it('is slowed down: many tries to join from one address are refused, and told when to come back', async () => {
    const answers = [];
    for (let i = 0; i < 32; i++) {
      const tries = Array.from({ length: 10 }, () => at.ask('POST', '/v1/join', { body: { invite: 'A'.repeat(43) } }));
      answers.push(...(await Promise.all(tries)));
    }
    const slowed = answers.at(-1);
    assert.deepEqual([slowed?.status, slowed?.body.code], [429, 'rate_limited']);
    assert.ok(Number(slowed?.headers.get('retry-after')) > 0);
  });
});
