import assert from 'node:assert/strict';
import { latestLimits } from '../../src/ledger/limits.ts';
import { newHome, scanHome } from './home.ts';
import { codexCount, codexHead, noon } from './log-lines.ts';

const rollout = (n: number): string => `.codex/sessions/2026/05/12/rollout-${n}.jsonl`;
const id = (n: number): string => `0000000${n}-1111-4222-8333-00000000000${n}`;

function session(n: number, readings: readonly (readonly [minute: number, fiveHours: number, week: number])[]): string {
  let total = 0;
  const lines = readings.map(([minute, fiveHours, week]) => {
    total += 100;
    const used = { input: total, cached: 0, output: 10, reasoning: 0 };
    return codexCount(noon + minute * 60_000, used, { ...used, input: 100 }, { fiveHours, week });
  });
  return codexHead(id(n), noon) + lines.join('');
}

describe('limits of a plan', () => {
  it('are those told last, of each window, whichever log is read first', async () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const home = newHome();
      const ledger = home.open();
      for (const n of order) {
        home.write(
          rollout(n),
          n === 1
            ? session(1, [
                [1, 10, 30],
                [9, 90, 31],
              ])
            : session(2, [
                [3, 20, 40],
                [5, 25, 45],
              ]),
        );
        await scanHome(home, ledger);
      }
      assert.deepEqual(
        latestLimits(ledger, noon + 3_600_000).map((limit) => [
          limit.tool,
          limit.windowMinutes,
          limit.usedPercent,
          limit.plan,
        ]),
        [
          ['codex', 300, 90, 'plus'],
          ['codex', 10_080, 31, 'plus'],
        ],
      );
      assert.equal(latestLimits(ledger)[0]?.time, noon + 9 * 60_000);
      assert.equal(latestLimits(ledger)[0]?.resetsAt, noon + 9 * 60_000 + 300 * 60_000);
    }
  });

  it('told at the same moment are the higher ones, whichever log is read first', async () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const home = newHome();
      const ledger = home.open();
      for (const n of order) {
        home.write(rollout(n), session(n, [[1, n * 10, 5 - n]]));
        await scanHome(home, ledger);
      }
      assert.deepEqual(
        latestLimits(ledger).map(({ usedPercent }) => usedPercent),
        [20, 4],
      );
    }
  });

  it('stay when the logs are gone, and a reading from the future is not believed', async () => {
    const home = newHome();
    home.write(
      rollout(1),
      session(1, [
        [1, 10, 30],
        [60 * 24 * 30, 99, 99],
      ]),
    );
    const ledger = home.open();
    await scanHome(home, ledger);
    home.remove('.codex');
    await scanHome(home, ledger);
    const percents = (now: number) => latestLimits(ledger, now).map(({ usedPercent }) => usedPercent);
    assert.deepEqual(percents(noon + 86_400_000), [10, 30]);
    assert.deepEqual(percents(noon + 31 * 86_400_000), [99, 99]);
  });

  it('are none where no tool told any', () => {
    assert.deepEqual(latestLimits(newHome().open()), []);
  });
});
