import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allowanceSpan, budgetSpan, countsAgainst, reachedMark, useOf } from '../../src/stats/budgets.ts';
import { noSums } from '../../src/stats/sums.ts';
import { zoneOf } from '../../src/usage/days.ts';

const berlin = zoneOf('Europe/Berlin');
const at = (iso: string): number => Date.parse(iso);

describe('the period of a budget', () => {
  // 23:30 UTC is half past one of the next day in Berlin's summer.
  const late = at('2026-05-31T23:30Z');
  for (const [per, since, until] of [
    ['day', '2026-06-01', '2026-06-01'],
    ['week', '2026-06-01', '2026-06-07'],
    ['month', '2026-06-01', '2026-06-30'],
    ['year', '2026-01-01', '2026-12-31'],
  ] as const) {
    it(`is by the local calendar: ${per}`, () => {
      const span = budgetSpan({ per }, berlin, late);
      assert.deepEqual([span.since, span.until], [since, until]);
    });
  }

  it('is as long as its days are, and passes evenly', () => {
    const span = budgetSpan({ per: 'day' }, berlin, at('2026-03-29T10:30Z'));
    assert.equal(span.to - span.from, 23 * 3_600_000);
    assert.equal(span.elapsed, 11.5 / 23);
  });

  it('ends with December where the month is the last', () => {
    const span = budgetSpan({ per: 'month' }, zoneOf('UTC'), at('2026-12-31T23:59Z'));
    assert.deepEqual([span.since, span.until, span.to], ['2026-12-01', '2026-12-31', at('2027-01-01T00:00Z')]);
  });

  it('always holds the time of asking, and is followed by the next without a gap', () => {
    const pers = fc.constantFrom('day', 'week', 'month', 'year');
    const times = fc.integer({ min: at('2020-01-01T00:00Z'), max: at('2032-01-01T00:00Z') });
    fc.assert(
      fc.property(pers, times, fc.constantFrom('UTC', 'America/New_York', 'Pacific/Apia'), (per, time, name) => {
        const zone = zoneOf(name);
        const span = budgetSpan({ per }, zone, time);
        assert.ok(span.from <= time && time < span.to);
        assert.equal(budgetSpan({ per }, zone, span.to).from, span.to);
        assert.equal(budgetSpan({ per }, zone, span.from).from, span.from);
      }),
    );
  });
});

describe('the year of an allowance', () => {
  for (const [now, startMonth, since, until] of [
    ['2026-05-12T12:00Z', 1, '2026-01-01', '2026-12-31'],
    ['2026-05-12T12:00Z', 5, '2026-05-01', '2027-04-30'],
    ['2026-05-12T12:00Z', 6, '2025-06-01', '2026-05-31'],
    ['2026-12-31T12:00Z', 12, '2026-12-01', '2027-11-30'],
  ] as const) {
    it(`begins with month ${startMonth}: ${since} for ${now}`, () => {
      const span = allowanceSpan({ startMonth }, zoneOf('UTC'), at(now));
      assert.deepEqual([span.since, span.until], [since, until]);
    });
  }
});

describe('what counts against a budget', () => {
  const consumed = { tool: 'codex', project: '/home/me/app/web' } as const;
  for (const [reach, counts] of [
    [{}, true],
    [{ tool: 'codex' }, true],
    [{ tool: 'cline' }, false],
    [{ project: '/home/me/app' }, true],
    [{ project: '/home/me/app/web/' }, true],
    [{ project: '/home/me/ap' }, false],
    [{ project: '/' }, true],
    [{ tool: 'codex', project: '/home/you' }, false],
  ] as const) {
    it(`${JSON.stringify(reach)}: ${counts}`, () => assert.equal(countsAgainst(reach, consumed), counts));
  }

  it('knows a folder of Windows whichever way its path is written', () => {
    assert.ok(countsAgainst({ project: 'C:\\work' }, { tool: 'codex', project: 'C:/work/app' }));
    assert.ok(countsAgainst({ project: 'C:/work' }, { tool: 'codex', project: 'C:\\work\\app' }));
  });

  it('is nothing of an unknown project, unless all counts', () => {
    assert.equal(countsAgainst({ project: '/' }, { tool: 'codex', project: '' }), false);
    assert.equal(countsAgainst({}, { tool: 'codex', project: '' }), true);
  });
});

describe('the use of a budget', () => {
  const sums = {
    ...noSums(),
    input: 10,
    output: 5,
    cacheRead: 85,
    costNanoUSD: 7,
    reportedNanoUSD: 9,
    unpricedTokens: 3,
  };

  it('is all tokens, or money by the chosen source', () => {
    assert.deepEqual(useOf({ unit: 'tokens' }, sums, 'list'), { used: 100, unpricedTokens: 0 });
    assert.deepEqual(useOf({ unit: 'usd' }, sums, 'list'), { used: 7, unpricedTokens: 3 });
    assert.deepEqual(useOf({ unit: 'usd' }, sums, 'reported'), { used: 9, unpricedTokens: 0 });
  });

  for (const [used, mark] of [
    [0, undefined],
    [39_999, undefined],
    [40_000, 80],
    [49_999, 80],
    [50_000, 100],
    [500_000, 100],
  ] as const) {
    it(`of ${used} in 50,000 has reached ${mark ?? 'no mark'}`, () => assert.equal(reachedMark(used, 50_000), mark));
  }
});
