import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { opencode } from '../../src/readers/opencode.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'opencode');
const folder = '.local/share/opencode';
const begun = 1764265550000;

interface Reply {
  created?: number;
  completed?: number;
  input?: number;
  output?: number;
}

function reply({ created = begun + 50_000, completed, input = 0, output = 0 }: Reply): string {
  const tokens = { input, output, reasoning: 0, cache: { read: 0, write: 0 } };
  return JSON.stringify({
    role: 'assistant',
    modelID: 'm',
    providerID: 'p',
    tokens,
    cost: 0,
    time: { created, completed },
  });
}

function change(home: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(join(home, folder, 'opencode.db'));
  work(database);
  database.close();
}

function addReply(database: DatabaseSync, id: string, time: number, of: Reply): void {
  const data = reply({ created: time, ...of });
  database.prepare('INSERT INTO message VALUES (?, ?, ?, ?, ?)').run(id, 'ses_main', time, time, data);
}

describe('OpenCode', () => {
  for (const name of readdirSync(fixtures))
    it(`counts the fixture ${name}`, () => {
      const usage = homeUsage(opencode, fixtureHome('opencode', name));
      usage.read();
      assert.deepEqual(usage.totals(), JSON.parse(readFileSync(join(fixtures, name, 'expected.json'), 'utf8')));
    });

  it('needs the write-ahead log for the newest messages', () => {
    const home = fixtureHome('opencode', 'database');
    rmSync(join(home, folder, 'opencode.db-wal'));
    const usage = homeUsage(opencode, home);
    usage.read();
    assert.equal(usage.totals().opencode?.['claude-haiku-4-5'], undefined);
  });

  for (const name of ['storage', 'database'])
    it(`gives a fork's copy to the first session and a subagent's work to the session that began it (${name})`, () => {
      const usage = homeUsage(opencode, fixtureHome('opencode', name));
      usage.read();
      const of = (model: string) => usage.requests().filter((request) => request.model === model);
      const [first] = of('claude-sonnet-4-5').filter(({ tokens }) => tokens.cacheRead === 1000);
      assert.deepEqual(
        [first?.session, first?.subagent, first?.project, first?.reportedUSD, first?.provider],
        ['ses_main', false, '/home/ada/loom', 0.0125, 'anthropic'],
      );
      for (const { session, subagent } of of('claude-haiku-4-5'))
        assert.deepEqual([session, subagent], ['ses_main', true]);
      assert.equal(of('gpt-5.2')[0]?.reportedUSD, 0.75, 'the steps of a message without counts have its cost, too');
    });

  it('takes the folder from the message where no session is known', () => {
    const usage = homeUsage(opencode, fixtureHome('opencode', 'channel'));
    usage.read();
    assert.equal(usage.requests()[0]?.project, '/home/ada/loom/sub');
  });

  it('reads only what is new', () => {
    const home = fixtureHome('opencode', 'database');
    const usage = homeUsage(opencode, home);
    usage.read();
    rmSync(join(home, folder, 'storage'), { recursive: true });
    assert.deepEqual(usage.read(), []);
    change(home, (database) => addReply(database, 'msg_n', begun + 60_000, { completed: begun + 60_001, input: 5 }));
    assert.deepEqual(
      usage.read().map(({ tokens, session }) => [tokens.input, session]),
      [[5, 'ses_main']],
    );
    assert.deepEqual(usage.read(), []);
  });

  it('counts an answer once while it is written, through hundreds of other answers', () => {
    const home = fixtureHome('opencode', 'database');
    const usage = homeUsage(opencode, home);
    usage.read();
    const events = () => usage.totals().opencode?.m;
    const update = (of: Reply) =>
      change(home, (database) => database.prepare("UPDATE message SET data = ? WHERE id = 'msg_n'").run(reply(of)));
    change(home, (database) => addReply(database, 'msg_n', begun + 50_000, {}));
    usage.read();
    assert.equal(events(), undefined);
    update({ input: 5, output: 1 });
    usage.read();
    assert.equal(events()?.output, 1);
    change(home, (database) => {
      database.exec('BEGIN');
      for (let n = 0; n < 300; n++)
        addReply(database, `msg_n${n}`, begun + 70_000 + n, { completed: begun + 70_900 + n, input: 1 });
      database.exec('COMMIT');
    });
    usage.read();
    update({ input: 5, output: 9 });
    usage.read();
    update({ input: 5, output: 9, completed: begun + 80_000 });
    usage.read();
    assert.deepEqual([events()?.events, events()?.input, events()?.output], [301, 305, 9]);
  });

  it('counts a rewritten file once', () => {
    const home = fixtureHome('opencode', 'storage');
    const file = join(home, folder, 'storage/message/ses_main/msg_n.json');
    const usage = homeUsage(opencode, home);
    for (const version of [{}, { input: 5, output: 1 }, { input: 5, output: 9, completed: begun + 80_000 }]) {
      writeFileSync(file, reply(version));
      usage.read();
    }
    const { input, output, events } = usage.totals().opencode?.m ?? {};
    assert.deepEqual([input, output, events], [5, 9, 1]);
  });

  it('finds new messages in the place of deleted ones', () => {
    const home = fixtureHome('opencode', 'database');
    const usage = homeUsage(opencode, home);
    usage.read();
    change(home, (database) => {
      database.exec("DELETE FROM message WHERE id IN ('msg_7', 'msg_5')");
      addReply(database, 'msg_n', begun + 60_000, { completed: begun + 60_001, input: 5 });
      addReply(database, 'msg_o', begun + 61_000, { completed: begun + 61_001, input: 6 });
    });
    usage.read();
    assert.equal(usage.totals().opencode?.m?.input, 11);
    assert.equal(usage.totals().opencode?.['claude-haiku-4-5']?.events, 1, 'what was deleted stays counted');
  });

  it('reads another database in the place of the one before', () => {
    const home = fixtureHome('opencode', 'database');
    const usage = homeUsage(opencode, home);
    usage.read();
    change(home, (database) => {
      database.exec('DELETE FROM message');
      addReply(database, 'msg_older', begun - 900_000, { completed: begun - 899_000, input: 3 });
    });
    usage.read();
    assert.equal(usage.totals().opencode?.m?.input, 3);
  });

  it('looks where the environment says', () => {
    const home = fixtureHome('opencode', 'database');
    renameSync(join(home, '.local/share'), join(home, 'data'));
    renameSync(join(home, 'data/opencode/opencode.db'), join(home, 'data/opencode/my+own.db'));
    renameSync(join(home, 'data/opencode/opencode.db-wal'), join(home, 'data/opencode/my+own.db-wal'));
    const requests = (env: Record<string, string>) => {
      const usage = homeUsage(opencode, home, { env });
      usage.read();
      return usage.requests().length;
    };
    const [files, both] = [2, 5];
    assert.equal(requests({}), 0);
    assert.equal(requests({ XDG_DATA_HOME: `${home}/data` }), files);
    assert.equal(requests({ OPENCODE_DATA_DIR: `${home}/data/opencode/` }), files);
    assert.equal(requests({ XDG_DATA_HOME: `${home}/data`, OPENCODE_DB: 'my+own.db' }), both);
    assert.equal(requests({ XDG_DATA_HOME: `${home}/data`, OPENCODE_DB: `${home}/data/opencode/my+own.db` }), both);
    assert.equal(requests({ XDG_DATA_HOME: `${home}/data`, OPENCODE_DB: ':memory:' }), files);
  });

  it('looks under the profile on Windows', () => {
    const places = opencode.logs({ home: 'C:\\Users\\Ada', platform: 'win32', env: { OPENCODE_DB: 'D:\\x\\a.db' } });
    assert.deepEqual(
      places.map(({ dir }) => dir),
      [
        'C:/Users/Ada/.local/share/opencode',
        'C:/Users/Ada/.local/share/opencode/storage/message',
        'C:/Users/Ada/.local/share/opencode/project',
        'D:/x',
      ],
    );
    assert.ok(places[3]?.files.test('a.db'));
    assert.ok(!places[3]?.files.test('aXdb'));
  });
});
