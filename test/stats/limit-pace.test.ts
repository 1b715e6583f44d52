import assert from 'node:assert/strict';
import { type LimitLevel, limitPaces, limitShortLabel } from '../../src/stats/limit-pace.ts';
import type { LimitReading } from '../../src/usage/limit-reading.ts';
import type { ToolId } from '../../src/usage/tool-id.ts';

const hour = 3_600_000;
const day = 24 * hour;
const noon = Date.UTC(2026, 4, 12, 12);

function told(reading: Partial<LimitReading & { tool: ToolId }> = {}): LimitReading & { tool: ToolId } {
  return { kind: 'limit', tool: 'codex', time: noon, windowMinutes: 300, usedPercent: 10, ...reading };
}

function only(reading: Partial<LimitReading>, now: number) {
  const [pace, ...others] = limitPaces([told(reading)], now);
  assert.ok(pace !== undefined && others.length === 0);
  return pace;
}

describe('the pace of a limit', () => {
  // The window runs from noon to five.
  const resetsAt = noon + 5 * hour;
  const levels: readonly (readonly [usedPercent: number, hours: number, LimitLevel, runsOutAfterHours?: number])[] = [
    [0, 2.5, 'quiet'],
    [50, 2.5, 'quiet'],
    [51, 2.5, 'near', 2.5 / 0.51],
    [50, 1, 'near', 2],
    // Too early to tell.
    [50, 0.4, 'quiet'],
    [50, 0.5, 'near', 1],
    [74.9, 4.9, 'quiet'],
    [75, 4.9, 'near'],
    [75, 0.1, 'near'],
    [80, 1, 'near', 1.25],
    [99.9, 4.999, 'near'],
    [100, 4, 'over'],
    [130, 0.1, 'over'],
  ];
  for (const [usedPercent, hours, level, runsOutAfter] of levels) {
    it(`${usedPercent} % used after ${hours} of 5 hours is ${level}`, () => {
      const pace = only({ usedPercent, resetsAt }, noon + hours * hour);
      assert.equal(pace.level, level);
      assert.equal(pace.usedPercent, usedPercent);
      assert.equal(pace.runsOutAt, runsOutAfter === undefined ? undefined : Math.round(noon + runsOutAfter * hour));
    });
  }

  it('tells how much of the window has passed and what will be used at its end', () => {
    const pace = only({ usedPercent: 30, resetsAt, plan: 'plus' }, noon + 2 * hour);
    assert.deepEqual(
      { elapsed: pace.elapsed, projected: pace.projectedPercent, age: pace.ageMs, plan: pace.plan },
      { elapsed: 0.4, projected: 75, age: 2 * hour, plan: 'plus' },
    );
  });

  it('judges a week by the same rules', () => {
    const week = { windowMinutes: 10_080, resetsAt: noon + 7 * day };
    assert.equal(only({ ...week, usedPercent: 40 }, noon + 3 * day).level, 'quiet');
    assert.equal(only({ ...week, usedPercent: 60 }, noon + 3 * day).runsOutAt, noon + 5 * day);
    assert.equal(only({ ...week, usedPercent: 60 }, noon + 12 * hour).level, 'quiet');
  });

  it('knows nothing of the window after the one that was told of', () => {
    for (const now of [resetsAt, resetsAt + day]) {
      const pace = only({ usedPercent: 99, resetsAt }, now);
      assert.deepEqual(
        [pace.current, pace.usedPercent, pace.level, pace.resetsAt, pace.elapsed, pace.runsOutAt],
        [false, 0, 'quiet', undefined, undefined, undefined],
      );
      assert.equal(pace.time, noon);
    }
  });

  it('without a reset believes a reading for the length of its window, and tells no pace', () => {
    const pace = only({ usedPercent: 90 }, noon + 4 * hour);
    assert.deepEqual([pace.current, pace.level, pace.elapsed], [true, 'near', undefined]);
    assert.equal(only({ usedPercent: 90 }, noon + 5 * hour).current, false);
  });

  it('is not confused by a clock that goes wrong', () => {
    const pace = only({ usedPercent: 20, resetsAt: noon + 9 * hour }, noon - hour);
    assert.deepEqual([pace.ageMs, pace.elapsed, pace.level], [0, 0, 'quiet']);
  });

  it('takes the latest reading of each limit, and puts the most pressing first', () => {
    const paces = limitPaces(
      [
        told({ usedPercent: 60, resetsAt, time: noon + hour }),
        told({ usedPercent: 40, resetsAt, time: noon }),
        told({ tool: 'claude-code', usedPercent: 100, windowMinutes: 10_080, resetsAt: noon + day }),
        told({ tool: 'claude-code', usedPercent: 99, resetsAt: noon + hour }),
        told({ usedPercent: 20, windowMinutes: 10_080, resetsAt: noon + day }),
      ],
      noon + 4 * hour,
    );
    assert.deepEqual(
      paces.map(({ tool, usedPercent, level }) => [tool, usedPercent, level]),
      [
        ['claude-code', 100, 'over'],
        ['codex', 60, 'quiet'],
        ['codex', 20, 'quiet'],
        ['claude-code', 0, 'quiet'],
      ],
    );
  });

  const labels: readonly (readonly [number, string])[] = [
    [300, '5h'],
    [10_080, 'week'],
    [1440, '24h'],
    [4320, '3d'],
    [43_200, '30d'],
    [60, '1h'],
    [90, '90m'],
  ];
  for (const [windowMinutes, label] of labels) {
    it(`calls ${windowMinutes} minutes ${label}`, () => assert.equal(limitShortLabel({ windowMinutes }), label));
  }
});
