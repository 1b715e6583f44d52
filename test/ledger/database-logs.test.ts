import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { totals } from './contents.ts';
import { type Home, later, newHome, scanHome } from './home.ts';
import { noon } from './log-lines.ts';
import { toyReader } from './toy-reader.ts';

const toy = [toyReader()];

/** A tool's own database, held open by the tool. */
function openTool(home: Home, mode: 'wal' | 'delete', name = 'toy/requests.db'): DatabaseSync {
  mkdirSync(home.path('toy'), { recursive: true });
  const database = new DatabaseSync(home.path(name));
  database.exec(`PRAGMA journal_mode = ${mode}; PRAGMA wal_autocheckpoint = 0;
    CREATE TABLE IF NOT EXISTS request (key TEXT, output INTEGER, time INTEGER, model TEXT)`);
  return database;
}

function add(database: DatabaseSync, key: string): void {
  database.prepare('INSERT INTO request VALUES (?, 100, ?, ?)').run(key, noon, 'gpt-5.1');
}

const filesIn = (home: Home): string[] => readdirSync(home.path('toy')).sort();

describe("a tool's database", () => {
  for (const mode of ['wal', 'delete'] as const) {
    it(`is read while its tool writes it, by what is new (journal mode ${mode})`, async () => {
      const home = newHome();
      const tool = openTool(home, mode);
      const ledger = home.open();
      for (let request = 1; request <= 4; request++) {
        add(tool, `r${request}`);
        later(home.path('toy/requests.db'), request);
        const before = filesIn(home);
        const report = await scanHome(home, ledger, {}, toy);
        assert.deepEqual([report.problems, report.events], [[], 1]);
        assert.deepEqual(filesIn(home), before);
      }
      assert.equal(totals(ledger).events, 4);
      assert.equal((await scanHome(home, ledger, {}, toy)).filesRead, 0);
      tool.close();
      await scanHome(home, ledger, {}, toy);
      assert.deepEqual(filesIn(home), ['requests.db']);
      assert.equal(totals(ledger).events, 4);
    });
  }

  it('that was left with its write-ahead log gives all of it, and nothing is written beside it', async () => {
    const home = newHome();
    const tool = openTool(home, 'wal', 'elsewhere.db');
    add(tool, 'in the database');
    tool.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    add(tool, 'in the log');
    copyFileSync(home.path('elsewhere.db'), home.path('toy/requests.db'));
    copyFileSync(home.path('elsewhere.db-wal'), home.path('toy/requests.db-wal'));
    tool.close();
    const ledger = home.open();
    assert.deepEqual((await scanHome(home, ledger, {}, toy)).problems, []);
    assert.equal(totals(ledger).events, 2);
    assert.deepEqual(filesIn(home), ['requests.db', 'requests.db-wal']);
  });

  it('that its tool holds locked is a problem, named, until it is free', async () => {
    const home = newHome();
    const tool = openTool(home, 'delete');
    add(tool, 'r1');
    tool.exec('BEGIN EXCLUSIVE');
    add(tool, 'r2');
    const ledger = home.open();
    const report = await scanHome(home, ledger, {}, toy);
    assert.deepEqual(
      report.problems.map(({ path, reason }) => [path, reason]),
      [[home.path('toy/requests.db'), 'another program holds it locked']],
    );
    assert.equal(totals(ledger).events, 0);
    tool.exec('COMMIT');
    tool.close();
    assert.deepEqual((await scanHome(home, ledger, {}, toy)).problems, []);
    assert.equal(totals(ledger).events, 2);
  });

  it('that is damaged, no database, or lacks its table is a problem that spares the others', async () => {
    const home = newHome();
    const tool = openTool(home, 'delete');
    add(tool, 'r1');
    tool.close();
    home.write('toy/broken.db', 'no database '.repeat(500));
    home.write('toy/empty.db', '');
    home.write('toy/no-table.db', '');
    const other = new DatabaseSync(home.path('toy/no-table.db'));
    other.exec('CREATE TABLE unrelated (x)');
    other.close();
    const ledger = home.open();
    const report = await scanHome(home, ledger, {}, toy);
    assert.deepEqual(report.problems.map(({ path, reason }) => [path.split('/').at(-1), reason]).sort(), [
      ['broken.db', 'it is damaged'],
      ['empty.db', 'no such table: request'],
      ['no-table.db', 'no such table: request'],
    ]);
    assert.equal(totals(ledger).events, 1);
    assert.deepEqual(filesIn(home), ['broken.db', 'empty.db', 'no-table.db', 'requests.db']);
  });
});

describe('a document', () => {
  const write = (home: Home, requests: readonly string[], cut = 0): void => {
    const text = JSON.stringify({ requests: requests.map((key) => ({ key, output: 100, time: noon })) });
    home.write('toy/session.json', text.slice(0, text.length - cut));
  };

  it('is read whole whenever it was rewritten, and each request counts once', async () => {
    const home = newHome();
    const ledger = home.open();
    for (const [requests, events] of [
      [['a'], 1],
      [['a', 'b'], 2],
      [['b', 'c'], 3],
      [[], 3],
    ] as const) {
      write(home, requests);
      later(home.path('toy/session.json'), events);
      await scanHome(home, ledger, {}, toy);
      assert.equal(totals(ledger).events, events);
      assert.equal((await scanHome(home, ledger, {}, toy)).filesRead, 0);
    }
  });

  it('that is caught while it is written is told, and read once it is whole', async () => {
    const home = newHome();
    const ledger = home.open();
    write(home, ['a', 'b'], 20);
    const report = await scanHome(home, ledger, {}, toy);
    assert.deepEqual(
      report.problems.map(({ reason }) => reason),
      ['the file is not complete JSON'],
    );
    write(home, ['a', 'b']);
    later(home.path('toy/session.json'));
    assert.deepEqual((await scanHome(home, ledger, {}, toy)).problems, []);
    assert.equal(totals(ledger).events, 2);
  });
});
