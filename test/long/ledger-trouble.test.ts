import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import { LedgerError } from '../../src/ledger/ledger-error.ts';
import { scan } from '../../src/ledger/scan.ts';
import { schemaVersion } from '../../src/ledger/schema.ts';
import { readers } from '../../src/readers/index.ts';
import type { Machine } from '../../src/readers/reader.ts';
import { totals } from '../ledger/contents.ts';
import { factor } from './factor.ts';
import type { FullDiskReport } from './full-disk-process.ts';
import { type KillWorld, killWorld, told } from './kill-world.ts';

describe('a ledger in trouble', function () {
  this.timeout(120_000);
  let world: KillWorld;
  let whole: Machine;
  let right = '';

  before(async () => {
    world = killWorld();
    whole = world.place();
    const ledger = await world.scanned(whole);
    right = told(ledger);
    ledger.close();
  });
  after(() => world.remove());

  function check({ database }: Ledger): void {
    assert.equal(database.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
  }

  for (const megabytes of [0.1, 0.5, 1, 1.5]) {
    it(`with room for ${megabytes} MB keeps what it held, and goes on when there is more`, async () => {
      const machine = world.place();
      const ledger = openLedger(machine);
      try {
        const pages = Number(ledger.database.prepare('PRAGMA page_count').get()?.page_count);
        ledger.database.exec(`PRAGMA max_page_count = ${pages + Math.floor((megabytes * 1e6) / 4096)}`);
        await assert.rejects(scan(ledger, machine, readers), (error: unknown) => {
          assert.ok(error instanceof LedgerError);
          assert.match(error.message, /the disk is full/);
          return true;
        });
        check(ledger);
        ledger.database.exec('PRAGMA max_page_count = 1000000000');
        assert.deepEqual((await scan(ledger, machine, readers)).problems, []);
        assert.ok(told(ledger) === right);
      } finally {
        ledger.close();
      }
    });
  }

  for (const freeKB of [0, 16, 200, 900, 2000]) {
    it(`on a disk with ${freeKB} kB left says that it is full, and goes on when there is more`, function () {
      const data = join(world.place().env.TOKENBOARD_DATA_DIR ?? '', 'disk');
      mkdirSync(data);
      const mount = `mount -t tmpfs -o size=24m none "${data}"`;
      const alone = ['--user', '--map-root-user', '--mount', 'sh', '-c'];
      // Only some systems let a user have a file system of his own.
      if (spawnSync('unshare', [...alone, mount]).status !== 0) this.skip();
      const machine = JSON.stringify({ ...whole, env: { TOKENBOARD_DATA_DIR: data } });
      const script = join(import.meta.dirname, 'full-disk-process.ts');
      const command = `${mount} && exec "$0" --disable-warning=ExperimentalWarning "${script}" "$1" ${freeKB * 1024}`;
      const options = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;
      const told = execFileSync('unshare', [...alone, command, process.execPath, machine], options);
      const report = JSON.parse(told) as FullDiskReport;
      // Where not even the index of the write-ahead log fits, SQLite only tells of an error.
      assert.match(report.message, /the disk (?:is full|reports an error)/);
      assert.equal(report.check, 'ok');
      assert.ok(report.told === right, 'what was found when there was room again differs');
    });
  }

  it('survives a clock that jumps to 1970, to 2100 and back, with the same totals', async () => {
    const times = [Date.UTC(1970, 0), Date.UTC(2100, 0), Date.now(), Date.UTC(1970, 0, 2), Date.now()];
    const machine = world.place();
    const ledger = openLedger(machine);
    try {
      world.cut();
      await scan(ledger, machine, readers, { now: () => Date.UTC(1970, 0) });
      assert.equal(totals(ledger).events, 0, 'what is still to come does not count');
      world.grow();
      for (const time of times) await scan(ledger, machine, readers, { now: () => time });
      assert.ok(told(ledger) === right);
    } finally {
      ledger.close();
    }
  });

  /** Locks a database in another process, and tells when that holds it. */
  async function lockFor(file: string, ms: number): Promise<{ readonly released: Promise<unknown> }> {
    const script = join(import.meta.dirname, 'lock-process.ts');
    const args = ['--disable-warning=ExperimentalWarning', script, file, String(ms)];
    const locker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const released = once(locker, 'exit');
    await once(locker.stdout, 'data');
    return { released };
  }

  it('waits while another program holds it for a moment', async () => {
    const machine = world.place();
    const ledger = openLedger(machine);
    const { released } = await lockFor(ledger.file, 1500);
    try {
      await scan(ledger, machine, readers);
      assert.ok(told(ledger) === right);
    } finally {
      ledger.close();
      await released;
    }
  });

  it('says so when another program holds it for long, and goes on afterwards', async function () {
    if (factor < 10) this.skip();
    const machine = world.place();
    const ledger = openLedger(machine);
    const { released } = await lockFor(ledger.file, 9000);
    try {
      await assert.rejects(scan(ledger, machine, readers), /another program holds it locked/);
      await released;
      await scan(ledger, machine, readers);
      assert.ok(told(ledger) === right);
    } finally {
      ledger.close();
    }
  });

  for (const [title, make] of [
    ['an empty file', (file: string) => writeFileSync(file, '')],
    ['a database without tables', (file: string) => sqlite(file, 'CREATE TABLE gone (a); DROP TABLE gone')],
    [
      'a ledger of the schema before the first',
      (file: string) => sqlite(file, 'PRAGMA journal_mode = WAL; PRAGMA user_version = 0'),
    ],
  ] as const) {
    it(`begins where there is only ${title}`, async () => {
      const machine = world.place();
      make(`${machine.env.TOKENBOARD_DATA_DIR}/ledger.db`);
      const ledger = openLedger(machine);
      try {
        assert.deepEqual(ledger.notices, []);
        await scan(ledger, machine, readers);
        assert.ok(told(ledger) === right);
      } finally {
        ledger.close();
      }
    });
  }

  it('of a newer version is refused, and left as it is', () => {
    const machine = world.place(whole);
    const folder = machine.env.TOKENBOARD_DATA_DIR ?? '';
    sqlite(`${folder}/ledger.db`, `CREATE TABLE of_the_future (a); PRAGMA user_version = ${schemaVersion + 1}`);
    const bytes = readFileSync(`${folder}/ledger.db`);
    const files = readdirSync(folder);
    for (let attempt = 0; attempt < 3; attempt++) {
      assert.throws(
        () => openLedger(machine),
        (error: unknown) => {
          assert.ok(error instanceof LedgerError);
          assert.match(error.message, /newer version/);
          return true;
        },
      );
    }
    assert.ok(readFileSync(`${folder}/ledger.db`).equals(bytes), 'its bytes have changed');
    assert.deepEqual(readdirSync(folder), files);
  });
});

function sqlite(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}
