import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client as Postgres } from 'pg';
import { cell } from '../http/world.ts';
import { postgres } from '../servers/postgres.ts';
import { done, newFolder, type Server, serve } from './command.ts';
import { ask, type Client, join, sync } from './member.ts';

const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const policyFlags = ['--organisation', 'Acme', '--purpose', 'Learn', '--used-for-pay', 'no', '--works-agreement', 'WA'];
const millions = [7, 6, 5, 4, 3, 2, 1];

describe('tokenboard admin move', function () {
  this.timeout(120_000);
  // Each test goes on where the one before has ended.
  let broken = false;
  beforeEach(function () {
    if (broken) this.skip();
  });
  afterEach(function () {
    broken ||= this.currentTest?.state === 'failed';
  });
  let data: string;
  let url: string;
  let server: Server;
  let owner: Client;
  let members: Client[];
  let told: unknown;
  let digest: string;

  const admin = (...args: string[]) => done(['admin', ...args, '--data', data]);
  const well = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await admin(...args);
    assert.equal(code, 0, err);
    return out;
  };
  const stopped = async (): Promise<void> => {
    server.kill('SIGTERM');
    assert.equal(await server.ended, 0);
  };
  const file = (): string => joinPath(data, 'board.db');
  const digestOf = (name: string) => createHash('sha256').update(readFileSync(name)).digest('hex');

  function inSqlite<Outcome>(work: (database: DatabaseSync) => Outcome): Outcome {
    const database = new DatabaseSync(file(), { timeout: 10_000 });
    try {
      return work(database);
    } finally {
      database.close();
    }
  }

  /** What each of them is told of the board and of themselves. */
  async function seen(): Promise<unknown> {
    const all = [];
    for (const { token } of [owner, ...members]) {
      for (const path of [
        '/v1/boards/0?window=30d&metric=fresh',
        '/v1/boards/0/me',
        '/v1/me',
        '/v1/me/usage',
        '/v1/me/export',
      ]) {
        const { status, body } = await ask(server.address, path, { token });
        assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
        // That one exports is told oneself, at its time.
        delete body.exportedAt;
        if ('audit' in body)
          body.audit = body.audit.filter(({ action }: { action: string }) => action !== 'data.export');
        all.push({ path, body });
      }
    }
    return all;
  }

  /** The board as the first of them sees it, once it is published. */
  async function board() {
    for (;;) {
      const answer = await ask(server.address, '/v1/boards/0?window=30d&metric=fresh', {
        token: members[0]?.token ?? '',
      });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      if (answer.body.state !== 'waiting') return answer.body;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  before(async () => {
    url = await (await postgres()).database();
    data = newFolder();
    server = await serve(['--data', data]);
    owner = await join(server.address, server.secret ?? '', 'Owner');
    await well('policy', ...policyFlags);
    const policy = (await ask(server.address, '/v1/meta')).body.policy;
    const agreed = { policyVersion: policy.version, policySha256: policy.sha256, visibility: 'aggregate', boards: [] };
    const consent = { ...agreed, models: true, badges: true, timeBadges: false, displayName: null };
    assert.equal(
      (await ask(server.address, '/v1/consent', { method: 'PUT', token: owner.token, body: consent })).status,
      200,
    );
    const invite = (await well('invite', '--uses', '20')).trim().split('#')[1] ?? '';
    members = [];
    for (const million of millions) {
      const member = await join(server.address, invite, `Member ${million}`);
      // What one has used before the day of joining is for oneself alone.
      inSqlite((database) => database.exec("UPDATE member SET joined_day = joined_day - 5 WHERE role = 'member'"));
      const cells = [cell({ day: yesterday, in: million * 1_000_000 })];
      assert.equal((await sync(server.address, member, cells)).status, 200);
      members.push(member);
    }
    const leaver = members.pop();
    assert.equal((await ask(server.address, '/v1/me', { method: 'DELETE', token: leaver?.token ?? '' })).status, 204);
    await well('allowance', 'grant', '--member', String(members[0]?.id), '--tokens', '50M');
    await stopped();
    // A board is built when a server starts that has none.
    server = await serve(['--data', data]);
    assert.deepEqual(
      (await board()).rows.map(({ name }: { name: string }) => name),
      members.map((_one, place) => `Member ${millions[place]}`),
    );
    // What they look at is told to those they look at, so the second time is what stays.
    await seen();
    told = await seen();
  });
  after(stopped);

  it('refuses what cannot be moved, in a sentence, and changes nothing', async () => {
    const running = await admin('move', '--to', url);
    assert.deepEqual(
      [running.code, running.err.trim()],
      [1, 'tokenboard: The board is in use: stop the server first.'],
    );
    await stopped();
    digest = digestOf(file());
    for (const [args, sentence] of [
      [['move'], /say where to: tokenboard admin move --to postgres:/],
      [['move', '--to', ''], /say where to/],
      [['move', '--to', 'mysql://x'], /--to must begin with postgres:/],
      [['move', url], /does not know what to do with/],
      [['move', '--to', url, '--yes'], /takes no --yes/],
      [['move', '--database-url', url], /takes no --database-url: the board comes from --data/],
    ] as const) {
      const { code, err } = await admin(...args);
      assert.match(err, sentence);
      assert.equal(code, 2, err);
    }
    const nobody = await admin('move', '--to', 'postgres://tokenboard:SENTINEL@127.0.0.1:1/none');
    assert.deepEqual([nobody.code, /does not answer/.test(nobody.err)], [1, true], nobody.err);
    assert.doesNotMatch(nobody.err, /SENTINEL/);
    const none = await done(['admin', 'move', '--to', url, '--data', newFolder()]);
    assert.deepEqual([none.code, /There is no board here yet/.test(none.err)], [1, true], none.err);
    assert.equal(digestOf(file()), digest);
    assert.equal(existsSync(`${file()}-moved`), false);
  });

  it('moves all of it, says how much and what goes along, and leaves the SQLite file as it was', async () => {
    const said = await done(['admin', 'move', '--data', data], { DATABASE_URL: url });
    assert.equal(said.code, 0, said.err);
    assert.match(said.out, /^cell +6$/m);
    assert.match(said.out, /^Moved: \d+ rows of \d+ tables, each counted on both sides\.$/m);
    for (const name of ['server-key', 'erased']) assert.ok(said.out.includes(joinPath(data, name)), said.out);
    const key = readFileSync(joinPath(data, 'server-key'), 'utf8').trim();
    assert.ok(!said.out.includes(key), 'the key itself is not shown');
    assert.equal(digestOf(file()), digest);
    if (process.platform !== 'win32') assert.equal(statSync(`${file()}-moved`).mode & 0o077, 0);
  });

  it('lets nobody start, change or move the SQLite board any more by accident', async () => {
    const copy = joinPath(newFolder(), 'copy.db');
    copyFileSync(file(), copy);
    for (const args of [
      ['serve', '--port', '0'],
      ['admin', 'members'],
      ['admin', 'restore', copy, '--yes'],
      ['admin', 'move', '--to', await (await postgres()).database()],
    ]) {
      const { code, err } = await done([...args, '--data', data]);
      assert.equal(code, 1, err);
      assert.match(err, /This board was moved to PostgreSQL \(127\.0\.0\.1:\d+\/test_\w+, \d{4}-\d\d-\d\d\)/);
      assert.match(err, /remove .*board\.db-moved/);
    }
    const twice = await done(['admin', 'move', '--data', copyOf(copy), '--to', url]);
    assert.deepEqual([twice.code, /There is a board in that database already/.test(twice.err)], [1, true], twice.err);
    assert.equal(digestOf(file()), digest);
  });

  it('serves the same to everyone with the same tokens, with the key and the list in another folder', async () => {
    const folder = newFolder();
    copyFileSync(joinPath(data, 'erased'), joinPath(folder, 'erased'));
    const key = readFileSync(joinPath(data, 'server-key'), 'utf8').trim();
    const env = { DATABASE_URL: url, TOKENBOARD_SERVER_KEY: key };
    server = await serve(['--data', folder], env);
    assert.equal(server.secret, undefined, 'it has its owner');
    assert.deepEqual(await seen(), told);
    assert.equal(existsSync(joinPath(folder, 'board.db')), false);
    assert.equal(existsSync(joinPath(folder, 'server-key')), false);
    await stopped();
    server = await serve(['--data', data], { DATABASE_URL: url });
    assert.deepEqual(await seen(), told);
  });

  it('goes on: syncs and refreshes with the tokens of before, allowances, leaving, erasing', async () => {
    const [first, second, third] = members as [Client, Client, Client];
    const more = await sync(server.address, first, [cell({ day: yesterday, rev: 2, in: 9_000_000 })]);
    assert.deepEqual([more.status, more.body.applied], [200, 1]);
    const old = await sync(server.address, first, [cell({ day: yesterday, rev: 2, in: 9_000_000 })]);
    assert.deepEqual([old.body.applied, old.body.unchanged], [0, 1], 'revisions go on where they were');
    const body = { refreshToken: second.refresh };
    const rotated = await ask(server.address, '/v1/auth/refresh', { method: 'POST', body });
    assert.equal(rotated.status, 200, JSON.stringify(rotated.body));
    const reused = await ask(server.address, '/v1/auth/refresh', { method: 'POST', body });
    assert.equal(reused.status, 401, 'it was used once');
    const granted = await done(['admin', 'allowance', '--database-url', url]);
    assert.match(granted.out, new RegExp(`member ${first.id} {2}50M tokens a month`));
    assert.equal((await ask(server.address, '/v1/me', { method: 'DELETE', token: third.token })).status, 204);
    const removed = await done(['admin', 'remove', String(second.id), '--database-url', url, '--data', data]);
    assert.equal(removed.code, 0, removed.err);
    const client = new Postgres({ connectionString: url });
    await client.connect();
    try {
      for (const table of ['member', 'cell', 'device', 'consent', 'board_window', 'member_day']) {
        const column = table === 'cell' ? 'device IN (SELECT device FROM device WHERE member' : '(member';
        const { rows } = await client.query(`SELECT 1 FROM ${table} WHERE ${column} IN (${second.id}, ${third.id}))`);
        assert.equal(rows.length, 0, table);
      }
    } finally {
      await client.end();
    }
  });

  it('has a way back: without the mark the SQLite board starts as it was, and whoever left since is erased again', async () => {
    await stopped();
    rmSync(`${file()}-moved`);
    server = await serve(['--data', data]);
    assert.match(server.out(), /members of a restored backup were erased again/);
    const ids = inSqlite((database) => database.prepare('SELECT member FROM member').all());
    const gone = members.slice(1, 3).map(({ id }) => id);
    const stay = [owner, ...members].map(({ id }) => id).filter((id) => !gone.includes(id));
    assert.deepEqual(ids.map(({ member }) => member).sort(), stay.sort());
  });
});

/** A data folder with a copy of a board. */
function copyOf(board: string): string {
  const folder = newFolder();
  copyFileSync(board, joinPath(folder, 'board.db'));
  return folder;
}
