import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { takeScanLock } from '../../src/ledger/scan-lock.ts';
import { readers } from '../../src/readers/index.ts';
import type { AnyReader, LogFile } from '../../src/readers/reader.ts';
import { scanInChild } from './children.ts';
import { contents, totals } from './contents.ts';
import { type Home, newHome, runs, scanHome } from './home.ts';
import { claudeLine, noon } from './log-lines.ts';
import { bytesOf, randomLogs } from './random-logs.ts';

const worker = fileURLToPath(new URL('../../src/ledger/read-worker.ts', import.meta.url));

/** Logs large enough that threads are worth their start. */
function writeLargeLogs(home: Home): void {
  const talk = `${JSON.stringify({ type: 'user', message: { content: 'x'.repeat(60_000) } })}\n`;
  for (let log = 0; log < 30; log++) {
    const lines = Array.from({ length: 6 }, (_, i) => {
      // Neighbours share a request, so that threads find the same one at the same time.
      const shared = claudeLine({ id: `shared_${log + (i % 2)}`, session: `s${log}`, output: 40 + i, time: noon + i });
      return `${talk}${claudeLine({ id: `m_${log}_${i}`, session: `s${log}`, time: noon + log * 60_000 })}${shared}`;
    });
    home.write(`.claude/projects/p/s${log}.jsonl`, lines.join(''));
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Readers that rest before each log in this thread, so that others get to read as well. */
function slowReaders(rest: () => void): readonly AnyReader[] {
  return readers.map((reader) => {
    const { lines } = reader;
    if (lines === undefined) return reader;
    const start = (log: LogFile): unknown => {
      rest();
      return lines.start(log);
    };
    return { ...reader, lines: { ...lines, start } };
  });
}

describe('several scanners', function () {
  this.timeout(60_000 * Number(process.env.TOKENBOARD_TEST_FACTOR || 1));

  it('threads count what one thread counts', async () => {
    const home = newHome();
    writeLargeLogs(home);
    for (const world of fc.sample(randomLogs, runs(10).numRuns)) {
      for (const log of world.logs) home.write(log.path, bytesOf(log));
    }
    const alone = home.openInMemory();
    await scanHome(home, alone);
    assert.ok(totals(alone).events > 200);
    for (const count of [1, 2, 3]) {
      const together = home.openInMemory();
      const report = await scanHome(
        home,
        together,
        { workers: { script: worker, count } },
        slowReaders(() => sleep(20)),
      );
      assert.deepEqual(report.problems, []);
      assert.deepEqual(contents(together), contents(alone));
    }
  });

  it('where threads cannot be had, logs are read without', async () => {
    const home = newHome();
    writeLargeLogs(home);
    const ledger = home.open();
    const report = await scanHome(home, ledger, { workers: { script: home.path('no-such-script.js'), count: 2 } });
    assert.deepEqual(report.problems, []);
    const alone = home.openInMemory();
    await scanHome(home, alone);
    assert.deepEqual(contents(ledger), contents(alone));
  });

  it('a thread that dies leaves its logs to the next scan', async () => {
    const home = newHome();
    writeLargeLogs(home);
    const { href } = new URL('../../src/', import.meta.url);
    home.write(
      'dies.mjs',
      `import { writeFileSync } from 'node:fs';
       import { parentPort } from 'node:worker_threads';
       import { readJobs } from '${href}ledger/read-jobs.ts';
       import { takeTurn } from '${href}ledger/read-thread.ts';
       import { readers } from '${href}readers/index.ts';
       parentPort.on('message', (request) => {
         const index = takeTurn(request);
         parentPort.postMessage({ index, batch: readJobs(request.groups[index], readers) });
         takeTurn(request);
         writeFileSync('${home.path('died')}', '');
         process.exit(3);
       });`,
    );
    const ledger = home.open();
    const workers = { script: home.path('dies.mjs'), count: 2 };
    const untilItDied = () => {
      for (let waits = 0; waits < 2000 && !existsSync(home.path('died')); waits++) sleep(20);
    };
    const report = await scanHome(home, ledger, { workers }, slowReaders(untilItDied));
    assert.ok(report.problems.length > 0 && report.problems.length < 30, String(report.problems.length));
    assert.ok(totals(ledger).events > 0);
    assert.deepEqual((await scanHome(home, ledger)).problems, []);
    const alone = home.openInMemory();
    await scanHome(home, alone);
    assert.deepEqual(contents(ledger), contents(alone));
  });

  it('processes that begin at once on a new ledger give exact figures', async () => {
    const home = newHome();
    writeLargeLogs(home);
    const reports = await Promise.all(Array.from({ length: 4 }, () => scanInChild(home.dir, 30_000)));
    for (const report of reports) {
      assert.deepEqual(report.notices, []);
      assert.equal(report.busy, false);
    }
    assert.equal(
      reports.reduce((sum, { filesRead }) => sum + filesRead, 0),
      30,
    );
    const alone = home.openInMemory();
    await scanHome(home, alone);
    assert.deepEqual(contents(home.open()), contents(alone));
    for (const report of reports) assert.equal(report.output, totals(alone).output);
  });

  it('a second window sees that the first one scans, and then its figures', async () => {
    const home = newHome();
    writeLargeLogs(home);
    const first = home.open();
    const second = home.open();
    const scanning = scanHome(home, first);
    const report = await scanHome(home, second);
    assert.equal(report.busy, true);
    assert.equal((await scanning).filesRead, 30);
    assert.deepEqual(contents(second), contents(first));
    assert.ok(totals(second).events > 100);
    const next = await scanHome(home, second);
    assert.deepEqual([next.busy, next.filesRead], [false, 0]);
  });

  it('go on from where another one ended', async () => {
    const home = newHome();
    const windows = [home.open(), home.open(), home.open()];
    for (let round = 0; round < 9; round++) {
      home.append('.claude/projects/p/s.jsonl', claudeLine({ id: `m${round}` }));
      const window = windows[round % 3];
      assert.ok(window);
      assert.equal((await scanHome(home, window)).events, 1);
      for (const ledger of windows) assert.equal(totals(ledger).events, round + 1);
    }
  });

  it('the right to scan is had by one, and freed when it is given back', async () => {
    const home = newHome();
    const { dir } = home.open();
    const held = takeScanLock(dir, 0);
    assert.ok(held);
    assert.equal(takeScanLock(dir, 0), undefined);
    assert.equal((await scanInChild(home.dir)).busy, true);
    const began = performance.now();
    assert.equal(takeScanLock(dir, 200), undefined);
    assert.ok(performance.now() - began >= 150);
    held.release();
    const again = takeScanLock(dir, 0);
    assert.ok(again);
    again.release();
  });

  it('the right to scan does not outlive the file that stands for it, nor what is written into it', async () => {
    const home = newHome();
    const { dir } = home.open();
    home.write(
      '.local/share/tokenboard/scan.lock',
      'no database at all, and longer than a header has to be: '.repeat(20),
    );
    const taken = takeScanLock(dir, 0);
    assert.ok(taken);
    taken.release();
    rmSync(`${dir}/scan.lock`);
    takeScanLock(dir, 0)?.release();
    home.remove('.local');
    assert.throws(() => takeScanLock(dir, 0), { name: 'LedgerError', message: /scan\.lock cannot be used/ });
  });
});
