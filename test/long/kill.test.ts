import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { openLedger } from '../../src/ledger/ledger.ts';
import { scan } from '../../src/ledger/scan.ts';
import { readers } from '../../src/readers/index.ts';
import type { Machine } from '../../src/readers/reader.ts';
import { totals, totalsOfRequests } from '../ledger/contents.ts';
import { factor, share } from './factor.ts';
import { type KillWorld, killWorld, told } from './kill-world.ts';
import { type Pace, pause, randomMoment, startScanner } from './killable.ts';
import { upgradedReaders } from './upgraded-readers.ts';

/** Of 200 kills in the full run, so many meet each situation. */
const kills = share(40);

describe('a scanner that is killed', function () {
  // A kill takes a second or two; a busy machine many times that.
  this.timeout(180_000 + 30_000 * kills);
  let world: KillWorld;
  /** What a ledger tells that was never disturbed. */
  let right = '';
  let whole: Machine;

  before(async () => {
    world = killWorld();
    whole = world.place();
    const ledger = await world.scanned(whole);
    right = told(ledger);
    ledger.close();
  });

  after(() => world.remove());

  it('in its first scan loses nothing', async () => {
    await killAgain(() => world.place());
  });

  it('while it reads what was appended loses nothing', async () => {
    world.cut();
    const half = world.place();
    (await world.scanned(half)).close();
    world.grow();
    await killAgain(() => {
      // The logs are written anew so that each scan meets what it would have met.
      world.cut();
      const place = world.place(half);
      world.grow();
      return place;
    });
  });

  it('beside another that goes on loses nothing', async () => {
    await killAgain(() => world.place(), { beside: true });
  });

  it('while a newer reader reads all logs again leaves neither too much nor too little', async () => {
    const upgraded = world.place();
    const ledger = await world.scanned(upgraded, upgradedReaders);
    const newRight = told(ledger);
    ledger.close();
    assert.notEqual(newRight, right);
    await killAgain(() => world.place(whole), { upgraded: true, expected: newRight });
  });

  it('while it prices all requests anew leaves each at its price', async () => {
    await killAgain(() => {
      const place = world.place(whole);
      const { database, close } = openLedger(place);
      for (const table of ['event', 'tally', 'model_tally']) database.exec(`UPDATE ${table} SET cost = 0`);
      database.exec("UPDATE meta SET value = 'a table of last year' WHERE name = 'prices'");
      close();
      return place;
    });
  });

  interface Situation {
    readonly upgraded?: boolean;
    /** Another scanner is started at the same time, and now and then killed as well. */
    readonly beside?: boolean;
    readonly expected?: string;
  }

  /** Kills scanners at random moments until so many were killed in the midst of it; after each, all must come right. */
  async function killAgain(prepare: () => Machine, situation: Situation = {}): Promise<void> {
    const { upgraded = false, beside = false } = situation;
    let hits = 0;
    const paces = new Map<boolean, Pace>();
    for (let tries = 0; hits < kills; tries++) {
      assert.ok(tries < 4 * kills + 20, `only ${hits} of ${tries} scanners could be killed before they had ended`);
      const threads = tries % 2 === 1;
      const machine = prepare();
      const order = { machine, threads, upgraded };
      const pace = paces.get(threads);
      if (pace === undefined) {
        const ended = await startScanner(order).ended;
        assert.ok(ended.done, ended.errors);
        paces.set(threads, ended);
        if (tries > 0 || factor >= 100) await assertRight(machine, situation, 'not killed');
        remove(machine);
        continue;
      }
      const moment = randomMoment(pace);
      const scanners = [startScanner(order), ...(beside ? [startScanner({ ...order, threads: !threads })] : [])];
      const doomed = beside && Math.random() < 0.3 ? scanners : scanners.slice(0, 1);
      await pause(moment);
      for (const scanner of doomed) scanner.kill();
      const ended = await Promise.all(scanners.map((scanner) => scanner.ended));
      for (const { killed, done, errors } of ended) assert.ok(killed || done, errors);
      if (ended[0]?.killed) hits++;
      const title = `killed after ${moment.toFixed(0)} of ${pace.endedMs.toFixed(0)} ms, ${threads ? 'with' : 'without'} threads`;
      await assertRight(machine, situation, title);
      remove(machine);
    }
  }

  /** The ledger opens, is whole, and one more scan makes it tell what it would tell without any kill. */
  async function assertRight(machine: Machine, situation: Situation, title: string): Promise<void> {
    const ledger = openLedger(machine);
    try {
      assert.deepEqual(ledger.notices, [], title);
      const check = ledger.database.prepare('PRAGMA integrity_check').all();
      assert.deepEqual(
        check.map((row) => row.integrity_check),
        ['ok'],
        title,
      );
      assert.deepEqual(totals(ledger), totalsOfRequests(ledger), `${title}: sums differ from the requests`);
      const used = situation.upgraded === true ? upgradedReaders : readers;
      const { busy, problems } = await scan(ledger, machine, used);
      assert.deepEqual({ busy, problems }, { busy: false, problems: [] }, title);
      assert.ok(told(ledger) === (situation.expected ?? right), `${title}: the last scan came to other totals`);
      assert.equal((await scan(ledger, machine, used)).filesRead, 0, `${title}: something is read a third time`);
    } finally {
      ledger.close();
    }
  }

  function remove(machine: Machine): void {
    rmSync(machine.env.TOKENBOARD_DATA_DIR ?? '', { recursive: true, force: true, maxRetries: 3 });
  }
});
