import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { findLogs, findLogsAt } from '../../src/ledger/find-logs.ts';
import { readers } from '../../src/readers/index.ts';
import { contents, totals } from './contents.ts';
import { newHome, runs, scanHome } from './home.ts';
import { claudeLine, noon } from './log-lines.ts';
import { bytesOf, randomLogs } from './random-logs.ts';
import { toyReader } from './toy-reader.ts';

describe('what a watcher saw change', () => {
  it('is read to the same end as by a scan of everything', async () => {
    const property = fc.asyncProperty(randomLogs, async ({ logs }) => {
      const home = newHome();
      const [watched, scanned] = [home.openInMemory(), home.openInMemory()];
      for (const log of logs) {
        home.write(log.path, bytesOf(log));
        const report = await scanHome(home, watched, { paths: [home.path(log.path)] });
        assert.deepEqual([report.files, report.filesRead], [1, 1]);
        const again = await scanHome(home, watched, { paths: [home.path(log.path)] });
        assert.deepEqual([again.files, again.filesRead], [1, 0]);
      }
      await scanHome(home, scanned);
      assert.deepEqual(contents(watched), contents(scanned));
      assert.equal((await scanHome(home, watched)).filesRead, 0);
      const paths = logs.map(({ path }) => home.path(path));
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
      const none = () => assert.fail('nothing is wrong');
      assert.deepEqual(
        findLogsAt(home.machine, readers, paths, none).toSorted(byPath),
        findLogs(home.machine, readers, none).toSorted(byPath),
      );
      home.close();
    });
    await fc.assert(property, runs(20));
  });

  it('is nothing where no log is: gone, a folder, of no tool, elsewhere', async () => {
    const home = newHome();
    home.write('.claude/projects/p/s.jsonl', claudeLine());
    home.write('.claude/projects/p/notes.txt', 'input_tokens');
    home.write('elsewhere/s.jsonl', claudeLine({ id: 'other' }));
    mkdirSync(home.path('.claude/projects/p/folder.jsonl'));
    const ledger = home.open();
    const names = ['p/gone.jsonl', 'p/folder.jsonl', 'p/notes.txt', 'p', ''].map((name) => `.claude/projects/${name}`);
    const paths = [...names, 'elsewhere/s.jsonl', '.claude/projects-2/s.jsonl'].map(home.path);
    const report = await scanHome(home, ledger, { paths });
    assert.deepEqual([report.files, report.problems, totals(ledger).events], [0, [], 0]);
    assert.equal((await scanHome(home, ledger, { paths: [] })).files, 0);
  });

  it('stands for the database beside it when it is a write-ahead log', async () => {
    const home = newHome();
    mkdirSync(home.path('toy'));
    const tool = new DatabaseSync(home.path('toy/requests.db'));
    tool.exec('PRAGMA journal_mode = WAL; CREATE TABLE request (key TEXT, output INTEGER, time INTEGER, model TEXT)');
    const ledger = home.open();
    await scanHome(home, ledger, {}, [toyReader()]);
    tool.prepare('INSERT INTO request VALUES (?, 100, ?, ?)').run('r1', noon, 'gpt-5.1');
    const report = await scanHome(home, ledger, { paths: [home.path('toy/requests.db-wal')] }, [toyReader()]);
    assert.deepEqual([report.filesRead, totals(ledger).events], [1, 1]);
    tool.close();
  });
});
