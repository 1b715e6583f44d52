import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Cell } from '../../../src/team/protocol/sync.ts';
import { cell } from '../http/world.ts';
import { done, newFolder, type Server, serve } from './command.ts';
import { ask, type Client, join, sync } from './member.ts';

const today = (): string => new Date().toISOString().slice(0, 10);
const policyFlags = ['--organisation', 'Acme', '--purpose', 'Learn', '--used-for-pay', 'no'];

describe('tokenboard serve', function () {
  this.timeout(60_000);
  const running: Server[] = [];
  const started = async (...args: Parameters<typeof serve>): Promise<Server> => {
    const server = await serve(...args);
    running.push(server);
    return server;
  };
  const stopped = async (server: Server): Promise<number | null> => {
    server.kill('SIGTERM');
    return server.ended;
  };
  afterEach(async () => {
    for (const server of running.splice(0)) {
      server.kill('SIGKILL');
      await server.ended;
    }
  });

  /** A server with an owner, a policy and a member. */
  async function withMember(data: string): Promise<{ server: Server; member: Client }> {
    const server = await started(['--data', data]);
    await join(server.address, server.secret ?? '', 'Owner');
    assert.equal((await done(['admin', 'policy', '--data', data, ...policyFlags])).code, 0);
    const invite = (await done(['admin', 'invite', '--data', data])).out.trim().split('#')[1] ?? '';
    return { server, member: await join(server.address, invite, 'SENTINEL-NAME') };
  }

  it('starts on nothing, prints a link for the owner, keeps its data to itself, and goes on with it', async () => {
    const data = joinPath(newFolder(), 'deep', 'server');
    const first = await started(['--data', data]);
    assert.match(first.err(), /has no owner yet/);
    assert.match(first.err(), new RegExp(`${first.address}/setup#[\\w-]{43}`));
    assert.equal((await fetch(`${first.address}/setup`)).status, 200);
    if (process.platform !== 'win32') {
      const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
      assert.equal(mode(data), '700');
      for (const file of readdirSync(data)) assert.equal(mode(joinPath(data, file)), '600', file);
    }
    assert.equal(await stopped(first), 0);
    const second = await started(['--data', data]);
    assert.notEqual(second.secret, first.secret, 'the link of before is lost, so there is another');
    const owner = await join(second.address, second.secret ?? '', 'Owner');
    assert.equal(await stopped(second), 0);
    const third = await started(['--data', data]);
    assert.equal(third.secret, undefined);
    assert.equal((await ask(third.address, '/v1/me', { token: owner.token })).body.role, 'owner');
  });

  it('stops gracefully: what is under way is answered, and what was acknowledged is kept', async () => {
    const data = newFolder();
    const { server, member } = await withMember(data);
    const acknowledged: number[] = [];
    let rev = 0;
    const load = Array.from({ length: 8 }, async () => {
      for (;;) {
        const mine = ++rev;
        const one: Cell = cell({ day: today(), rev: mine, in: mine });
        const answer = await sync(server.address, member, [one]).catch(() => undefined);
        if (answer === undefined || answer.status !== 200) return;
        acknowledged.push(mine);
      }
    });
    const slow = slowSync(server.address, member.token, cell({ day: today(), tool: 'codex', in: 77 }));
    await slow.begun;
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 300));
    slow.finish();
    assert.equal(await slow.status, 200);
    assert.equal(await server.ended, 0);
    await Promise.all(load);
    const again = await started(['--data', data]);
    const { cells } = (await ask(again.address, '/v1/me/export', { token: member.token })).body;
    const byTool = new Map((cells as Cell[]).map((one) => [one.tool, one]));
    assert.equal(byTool.get('codex')?.in, 77);
    assert.ok(acknowledged.length > 0);
    assert.ok((byTool.get('claude-code')?.rev ?? 0) >= Math.max(...acknowledged));
  });

  it('logs what it does as JSON lines, and nothing of anybody', async () => {
    const data = newFolder();
    const { server, member } = await withMember(data);
    await sync(server.address, member, [cell({ day: today() })]);
    await ask(server.address, '/v1/boards/0', { token: member.token });
    await ask(server.address, '/v1/me', { token: 'x'.repeat(43) });
    await ask(server.address, '/nowhere/SENTINEL-PATH');
    await stopped(server);
    const lines = server.out().trim().split('\n');
    for (const line of lines) assert.ok(JSON.parse(line).level, line);
    for (const secret of ['SENTINEL', member.token, String(member.id), server.secret ?? '?', 'hostname', 'Acme']) {
      assert.ok(!server.out().includes(secret), secret);
    }
  });

  it('goes on, and ends when it is told to, where its log cannot be written', async function () {
    if (process.platform !== 'linux') this.skip();
    const full = openSync('/dev/full', 'w');
    const server = await serve(['--data', newFolder()], {}, full);
    closeSync(full);
    for (let times = 0; times < 20; times++) {
      assert.equal((await fetch(`${server.address}/v1/meta`)).status, 200);
    }
    server.kill('SIGTERM');
    assert.equal(await server.ended, 0);
  });

  it('says in a sentence what is wrong with a flag or a setting, and ends with 2', async () => {
    for (const [args, env, sentence] of [
      [['--port', '70000'], {}, /--port is a number from 0 to 65535/],
      [['--port', ''], {}, /--port is empty/],
      [[], { TOKENBOARD_PORT: 'http' }, /--port is a number/],
      [['--public-url', 'http://board.example.org'], {}, /must be https/],
      [['--public-url', 'https://example.org/board'], {}, /has no path/],
      [['--database-url', 'mysql://x'], {}, /must begin with postgres:/],
      [['--trust-proxy', 'proxy.local'], {}, /--trust-proxy is the address/],
      [['--log-level', 'loud'], {}, /--log-level is one of debug, info/],
      [['--colour', 'blue'], {}, /--colour/],
      [['--data', newFolder()], { TOKENBOARD_SERVER_KEY: 'short' }, /TOKENBOARD_SERVER_KEY is 64 hex digits/],
    ] as const) {
      const ended = await done(['serve', ...args], env);
      assert.match(ended.err, sentence);
      assert.equal(ended.code, 2, ended.err);
    }
  });

  it('says when its port is taken, its folder cannot be used, or its data is of a newer version', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const busy = await done(['serve', '--port', String(port), '--data', newFolder()]);
    taken.close();
    assert.deepEqual([busy.code, /Port \d+ is taken/.test(busy.err)], [1, true], busy.err);

    const file = joinPath(newFolder(), 'file');
    writeFileSync(file, '');
    const blocked = await done(['serve', '--port', '0', '--data', joinPath(file, 'data')]);
    assert.deepEqual([blocked.code, /The data folder .* cannot be made/.test(blocked.err)], [1, true], blocked.err);
    if (process.platform !== 'win32' && process.getuid?.() !== 0) {
      const closed = newFolder();
      mkdirSync(joinPath(closed, 'inner'), { mode: 0o500 });
      const refused = await done(['serve', '--port', '0', '--data', joinPath(closed, 'inner')]);
      assert.equal(refused.code, 1, refused.err);
    }

    const data = newFolder();
    await stopped(await started(['--data', data]));
    const database = new DatabaseSync(joinPath(data, 'board.db'));
    database.exec('INSERT INTO schema_step (step, at) VALUES (999, 0)');
    database.close();
    const newer = await done(['serve', '--port', '0', '--data', data]);
    assert.deepEqual([newer.code, /written by a newer version/.test(newer.err)], [1, true], newer.err);

    const damaged = newFolder();
    writeFileSync(joinPath(damaged, 'server-key'), 'half');
    const keyless = await done(['serve', '--port', '0', '--data', damaged]);
    assert.deepEqual([keyless.code, /server-key is damaged/.test(keyless.err)], [1, true], keyless.err);
  });

  it('tells health and measures on a port of their own', async () => {
    const server = await started(['--data', newFolder(), '--health-port', '0']);
    const own = /measures are at (http:\S+)\./.exec(server.err())?.[1] ?? '';
    assert.equal((await fetch(`${own}/healthz`)).status, 200);
    assert.equal((await fetch(`${own}/readyz`)).status, 200);
    await ask(server.address, '/v1/meta');
    assert.match(await (await fetch(`${own}/metrics`)).text(), /tokenboard_answers_total\{route="\/v1\/meta"/);
    assert.equal((await fetch(`${server.address}/metrics`)).status, 404);
  });
});

/** A sync whose second half is sent later. */
function slowSync(url: string, token: string, one: Cell) {
  const text = JSON.stringify({ v: 1, seq: 1, policyVersion: 1, client: '1.0.0', cells: [one] });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  };
  const sent = request(`${url}/v1/sync`, { method: 'POST', headers });
  const status = new Promise<number | undefined>((resolve, reject) => {
    sent.once('error', reject).once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  const begun = new Promise<void>((resolve) => sent.write(text.slice(0, 10), () => resolve()));
  return { begun, status, finish: () => void sent.end(text.slice(10)) };
}
