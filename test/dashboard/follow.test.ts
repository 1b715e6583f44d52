import assert from 'node:assert/strict';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { TOKENS } from '../../src/dashboard/cube.ts';
import { liveCube } from '../../src/dashboard/live-cube.ts';
import type { Scope } from '../../src/dashboard/protocol/scope.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { sumColumns } from '../../src/ledger/tally-deltas.ts';
import { seeded } from '../demo/random.ts';
import { newHome, runs } from '../ledger/home.ts';
import { count, dashboardOf } from './counted.ts';
import type { Writing } from './writing-thread.ts';

const now = Date.UTC(2026, 3, 6, 13, 20);
const dayMs = 86_400_000;
const month: Scope = { period: { kind: '30d' }, filter: {} };

describe('figures while another thread scans', () => {
  it('are those of the ledger after each look, whatever was written while they were loaded', async function () {
    this.timeout(120_000);
    const { numRuns } = runs(3);
    for (let seed = 1; seed <= numRuns; seed++) await follow(seed);
  });

  it('come by themselves once a ledger that was locked can be read', async () => {
    const home = newHome();
    const ledger = home.open();
    await count(ledger, now, [{ time: now, tokens: { output: 7 } }]);
    const { file } = ledger;
    ledger.close();
    const holder = new DatabaseSync(file);
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const page = dashboardOf(home, now);
    await assert.rejects(page.answer({ ask: 'overview', scope: month }), /holds it locked/);
    holder.exec('COMMIT');
    holder.close();
    for (const deadline = Date.now() + 10_000; page.changes() === 0 && Date.now() < deadline; ) await sleep(20);
    assert.equal((await page.answer({ ask: 'overview', scope: month })).amounts.tokens, 7);
    assert.ok(page.changes() > 0, 'who was told of the failure is told of its end');
  });
});

async function follow(seed: number): Promise<void> {
  const random = seeded(1000 + seed);
  const home = newHome();
  const writing: Writing = { machine: home.machine, seed, now };
  const thread = new Worker(new URL('./writing-thread.ts', import.meta.url), { workerData: writing });
  const ended = once(thread, 'exit');
  // The first scan has begun, or it has not: the ledger may still have to be made.
  if (random.chance(0.5)) await sleep(random.whole(0, 400));
  const live = liveCube({
    machine: home.machine,
    now: () => now,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    onChanged: () => undefined,
  });
  const page = dashboardOf(home, now);
  const looks: Promise<void>[] = [live.look().catch(mayBeLocked)];
  for (let round = 0; round < 8; round++) {
    const done = once(thread, 'message');
    thread.postMessage(random.whole(1, 12));
    while ((await Promise.race([done, sleep(random.whole(0, 25))])) === undefined) {
      looks.push(live.look().catch(mayBeLocked), page.look().catch(mayBeLocked));
    }
    await Promise.all([live.look(), page.look()]);
    const ledger = home.open();
    assert.deepEqual(cubeSums(live.cube), sqlSums(ledger), `seed ${seed}, round ${round}`);
    const { amounts } = await page.answer({ ask: 'overview', scope: month });
    const since = Math.floor(now / dayMs) - 29;
    assert.equal(amounts.tokens, sqlTokens(ledger, since), `seed ${seed}, round ${round}, 30 days`);
    ledger.close();
  }
  await Promise.all(looks);
  thread.postMessage(0);
  await ended;
  live.close();
  page.close();
  home.close();
}

/** While the ledger is being made, nobody else may open it. */
function mayBeLocked(error: unknown): void {
  assert.match(String(error), /another program holds it locked/);
}

/** By UTC day: all sums of the ledger's columns. */
function cubeSums({ blocks }: ReturnType<typeof liveCube>['cube']): readonly (readonly number[])[] {
  return blocks.map(({ day, rows, sums }) => {
    const width = TOKENS + 1;
    const all = sumColumns.map((_, column) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += sums[row * width + column] as number;
      return Math.round(sum);
    });
    return [day, ...all];
  });
}

function sqlSums({ database }: Ledger): readonly (readonly number[])[] {
  const sums = sumColumns.map((column) => `total(${column}) AS ${column}`).join(', ');
  const rows = database.prepare(`SELECT quarter / 96 AS day, ${sums} FROM tally GROUP BY 1 ORDER BY 1`).all();
  return rows.map((row) => [Number(row.day), ...sumColumns.map((column) => Math.round(Number(row[column])))]);
}

/** What the requests themselves add up to. */
function sqlTokens({ database }: Ledger, since: number): number {
  const sql = `SELECT total(input + output + cache_read + cache_write_5m + cache_write_1h) AS tokens FROM event
    WHERE aside = 0 AND time >= ? AND time < ?`;
  return Number(database.prepare(sql).get(since * dayMs, (Math.floor(now / dayMs) + 1) * dayMs)?.tokens);
}
