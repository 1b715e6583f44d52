import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { scan } from '../../src/ledger/scan.ts';
import { readers } from '../../src/readers/index.ts';
import { scanInChild } from './children.ts';
import { contents, totals } from './contents.ts';
import { giveTo, type Home, newHome, nobody, scanHome } from './home.ts';
import { claudeLine, noon } from './log-lines.ts';

const dataFolder = '.local/share/tokenboard';

function log(number: number, requests: number): string {
  const lines = Array.from({ length: requests }, (_, i) =>
    claudeLine({ id: `m${number}_${i}`, time: noon + i * 60_000 }),
  );
  return lines.join('');
}

function write(home: Home, number: number, requests: number): void {
  home.write(`.claude/projects/p/s${number}.jsonl`, log(number, requests));
}

describe('a ledger that cannot be written', () => {
  it('is private to its user where it can be', async function () {
    if (process.platform === 'win32') this.skip();
    const home = newHome();
    write(home, 1, 3);
    const ledger = home.open();
    await scanHome(home, ledger);
    const modeOf = (path: string): number => statSync(home.path(path)).mode & 0o777;
    assert.equal(modeOf(dataFolder), 0o700);
    const names = readdirSync(home.path(dataFolder)).sort();
    assert.deepEqual(names, ['ledger.db', 'ledger.db-shm', 'ledger.db-wal', 'scan.lock']);
    for (const name of names) assert.equal(modeOf(`${dataFolder}/${name}`), 0o600, name);
  });

  it('is kept in memory where a file stands in place of its folder, and that is said', async () => {
    const home = newHome();
    write(home, 1, 3);
    home.write(dataFolder, 'a file');
    const ledger = home.open();
    assert.equal(ledger.notices.length, 1);
    assert.match(ledger.notices.join(), /cannot be used: .*\. Counting in memory; what is new is not kept\.$/);
    await scanHome(home, ledger);
    assert.equal(totals(ledger).events, 3);
  });

  it('in a read-only home counts in memory, beginning with what it holds', async function () {
    const user = nobody();
    if (process.platform === 'win32' || (process.getuid?.() === 0 && user === undefined)) this.skip();
    const home = newHome();
    write(home, 1, 3);
    write(home, 2, 4);
    const ledger = home.open();
    await scanHome(home, ledger);
    ledger.close();
    home.remove('.claude/projects/p/s1.jsonl');
    write(home, 3, 5);
    giveTo(home, user);
    chmodSync(home.path(`${dataFolder}/ledger.db`), 0o400);
    chmodSync(home.path(dataFolder), 0o500);
    const report = await scanInChild(home.dir, 0, user);
    assert.equal(report.output, 90 * 12);
    assert.equal(report.notices.length, 1);
    assert.match(report.notices.join(), /cannot be used: it may not be written\. Counting in memory/);
    chmodSync(home.path(dataFolder), 0o700);
    chmodSync(home.path(`${dataFolder}/ledger.db`), 0o600);
    assert.deepEqual((await scanInChild(home.dir, 0, user)).notices, []);
  });

  it('on a disk that fills up stays as it was, says so, and catches up when there is room', async () => {
    const home = newHome();
    write(home, 1, 10);
    const ledger = home.open();
    await scanHome(home, ledger);
    const before = contents(ledger);
    const pages = Number(ledger.database.prepare('PRAGMA page_count').get()?.page_count);
    ledger.database.exec(`PRAGMA max_page_count = ${pages + 2}`);
    write(home, 2, 3000);
    await assert.rejects(scanHome(home, ledger), {
      name: 'LedgerError',
      message: /could not be written: the disk is full\. What it held is kept\.$/,
    });
    assert.deepEqual(contents(ledger), before);
    await assert.rejects(scanHome(home, ledger), { name: 'LedgerError' });
    ledger.database.exec('PRAGMA max_page_count = 1000000');
    await scanHome(home, ledger);
    assert.equal(totals(ledger).events, 3010);
    assert.equal((await scanHome(home, ledger)).filesRead, 0);
  });

  it('on a real disk that is full does the same', async function () {
    const home = newHome();
    const disk = home.path('disk');
    if (!mounted(disk)) this.skip();
    let ledger: Ledger | undefined;
    try {
      const machine = { ...home.machine, env: { TOKENBOARD_DATA_DIR: `${disk}/data` } };
      ledger = openLedger(machine);
      write(home, 1, 10);
      await scan(ledger, machine, readers);
      const before = contents(ledger);
      fill(home.path('disk/filler'));
      write(home, 2, 3000);
      await assert.rejects(scan(ledger, machine, readers), { name: 'LedgerError' });
      assert.deepEqual(contents(ledger), before);
      const late = openLedger(machine);
      assert.deepEqual(contents(late), before);
      late.close();
      home.remove('disk/filler');
      await scan(ledger, machine, readers);
      assert.equal(totals(ledger).events, 3010);
    } finally {
      ledger?.close();
      execFileSync('umount', [disk]);
    }
  });
});

/** A small disk of its own, where this process may have one. */
function mounted(path: string): boolean {
  mkdirSync(path);
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes a file until the disk is full. */
function fill(path: string): void {
  assert.throws(
    () => {
      for (;;) appendFileSync(path, Buffer.alloc(16_384));
    },
    { code: 'ENOSPC' },
  );
}
