import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import { changedDays } from '../../src/ledger/day-changes.ts';
import { exportLedger } from '../../src/ledger/export-ledger.ts';
import { forget } from '../../src/ledger/forget.ts';
import { importLedger } from '../../src/ledger/import-ledger.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { UsageEvent } from '../../src/usage/usage-event.ts';
import { type Home, newHome, scanHome } from './home.ts';
import { claudeLine, noon } from './log-lines.ts';
import { toyLine, toyReader } from './toy-reader.ts';

const dayMs = 86_400_000;
/** The UTC day of `noon`; the requests of a `countedHome` are of this day and the three after it. */
const today = Math.floor(noon / dayMs);
const now = noon + 50 * dayMs;
const log = '.claude/projects/p/s.jsonl';

const lineOf = (day: number, more: Parameters<typeof claudeLine>[0] = {}): string =>
  claudeLine({ id: `m${day}`, time: noon + day * dayMs, session: `s${day}`, project: `/work/p${day}`, ...more });

async function countedHome(): Promise<{ home: Home; ledger: Ledger }> {
  const home = newHome();
  home.write(log, [0, 1, 2, 3].map((day) => lineOf(day)).join(''));
  const ledger = home.open();
  await scanHome(home, ledger);
  return { home, ledger };
}

/** The days, counted from today, whose revision some work moves; that it moves by one if any. */
async function movedBy(ledger: Ledger, work: () => unknown): Promise<readonly number[]> {
  const before = changedDays(ledger, 0).revision;
  await work();
  const { revision, days } = changedDays(ledger, before);
  assert.equal(revision, before + (days.length > 0 ? 1 : 0));
  return days.map((day) => day - today);
}

describe('the revision of a day', () => {
  it('is none in an empty ledger, and the same for all days that a scan writes together', async () => {
    const empty = newHome().open();
    assert.deepEqual(changedDays(empty, 0), { revision: 0, days: [] });
    const { ledger } = await countedHome();
    const { revision, days } = changedDays(ledger, 0);
    assert.deepEqual(days, [today, today + 1, today + 2, today + 3]);
    assert.deepEqual(changedDays(ledger, revision), { revision, days: [] });
    assert.deepEqual(changedDays(ledger, revision - 1), { revision, days });
  });

  it('moves with a scan that finds something new of it, and with none that does not', async () => {
    const { home, ledger } = await countedHome();
    assert.deepEqual(await movedBy(ledger, () => scanHome(home, ledger)), []);
    home.append(log, lineOf(2, { id: 'new' }) + lineOf(0));
    assert.deepEqual(await movedBy(ledger, () => scanHome(home, ledger)), [2]);
  });

  it('moves where a request is better known, and where it turns out to be of another day', async () => {
    const { home, ledger } = await countedHome();
    home.append(log, lineOf(1, { output: 5000 }));
    assert.deepEqual(await movedBy(ledger, () => scanHome(home, ledger)), [1]);
    home.append(log, lineOf(3, { time: noon + 2 * dayMs }));
    assert.deepEqual(await movedBy(ledger, () => scanHome(home, ledger)), [2, 3]);
  });

  it('moves where only the owner of a request changes', async () => {
    const { home, ledger } = await countedHome();
    home.write('.claude/projects/p/t.jsonl', lineOf(1, { session: 'another', time: noon + dayMs - 1 }));
    assert.deepEqual(await movedBy(ledger, () => scanHome(home, ledger)), [1]);
  });

  it('moves where prices change, on days whose cost does', async () => {
    const { home, ledger } = await countedHome();
    const { database } = ledger;
    database.exec(`UPDATE event SET cost = cost + 1 WHERE time / ${dayMs} IN (${today}, ${today + 2})`);
    database.exec("UPDATE meta SET value = 'older' WHERE name = 'prices'");
    assert.deepEqual(await movedBy(ledger, () => scanHome(home, ledger)), [0, 2]);
  });

  it('moves once a date that was set aside has come', async () => {
    const home = newHome();
    home.write(log, lineOf(0) + lineOf(4));
    const ledger = home.open();
    await scanHome(home, ledger, { now: () => noon });
    assert.deepEqual(changedDays(ledger, 0).days, [today]);
    assert.deepEqual(await movedBy(ledger, () => scanHome(home, ledger, { now: () => noon + 4 * dayMs })), [4]);
  });

  it('moves with what an import adds', async () => {
    const { home } = await countedHome();
    home.append(log, lineOf(7));
    const more = home.open();
    await scanHome(home, more);
    exportLedger(more, home.path('move.tokenboard'));
    const { home: other, ledger } = await countedHome();
    other.append(log, lineOf(9));
    await scanHome(other, ledger);
    assert.deepEqual(await movedBy(ledger, () => importLedger(ledger, home.path('move.tokenboard'))), [7]);
  });

  it('moves where something is forgotten, and not beside it', async () => {
    const { ledger } = await countedHome();
    assert.deepEqual(await movedBy(ledger, () => forget(ledger, { project: '/work/p1' }, { now })), [1]);
    const since = noon + 2 * dayMs;
    assert.deepEqual(await movedBy(ledger, () => forget(ledger, { since, until: since + 1 }, { now })), [2]);
    assert.deepEqual(await movedBy(ledger, () => forget(ledger, { everything: true }, { now })), [0, 3]);
    assert.deepEqual(await movedBy(ledger, () => forget(ledger, { everything: true }, { now })), []);
  });

  it('moves where a newer reader no longer sees a request', async () => {
    const home = newHome();
    home.write('toy/a.jsonl', [0, 1].map((day) => toyLine({ key: `t${day}`, time: noon + day * dayMs })).join(''));
    const ledger = home.open();
    await scanHome(home, ledger, {}, [toyReader({ version: 1 })]);
    const understands = (event: UsageEvent) => (event.key === 'toy:t0' ? undefined : event);
    const better = [toyReader({ version: 2, understands })];
    assert.deepEqual(await movedBy(ledger, () => scanHome(home, ledger, {}, better)), [0]);
  });

  it('of a ledger that replaces a damaged one is above all of the damaged one', async () => {
    const { home, ledger } = await countedHome();
    const { revision } = changedDays(ledger, 0);
    ledger.close();
    const file = openSync(ledger.file, 'r+');
    writeSync(file, Buffer.alloc(100, 7), 0, 100, 0);
    closeSync(file);
    home.remove('.claude');
    const replaced = home.open();
    await scanHome(home, replaced);
    assert.deepEqual(
      changedDays(replaced, revision).days.map((day) => day - today),
      [0, 1, 2, 3],
    );
    // One that is not of this ledger, as a clock that was put back may leave it.
    assert.equal(changedDays(replaced, Number.MAX_SAFE_INTEGER).days.length, 4);
  });
});
