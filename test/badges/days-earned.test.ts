import assert from 'node:assert/strict';
import { addDays } from '../../src/usage/days.ts';
import { badge, daysFrom, dayWith, monday } from './some-facts.ts';

const later = (days: number) => addDays(monday, days);

describe('The day on which a tier was earned', () => {
  it('is the first on which it was reached', () => {
    const days = [
      dayWith(monday, { tokens: 9_999_999 }),
      dayWith(later(3), { tokens: 1 }),
      dayWith(later(9), { tokens: 89_999_999 }),
      dayWith(later(10), { tokens: 1 }),
    ];
    const legend = badge('token-legend', { days });
    assert.deepEqual(legend.earnedDays, [later(3), later(10)]);
    assert.equal(legend.earnedOn, later(10));
    assert.equal(legend.value, 1e8);
  });

  it('is one for several tiers that were reached at once', () => {
    assert.deepEqual(badge('fleet-admiral', { mostSubagents: [{ day: monday, value: 25 }] }).earnedDays, [
      monday,
      monday,
      monday,
    ]);
  });

  it('is that of the third model, whichever it was', () => {
    const modelDays = [monday, later(1), later(5), later(8)];
    assert.deepEqual(badge('model-connoisseur', { modelDays }).earnedDays, [later(5)]);
  });

  it('is the tenth working day of a row that no weekend ends', () => {
    // From a Wednesday, Mondays to Fridays alone.
    const days = daysFrom(later(2), 14).filter(({ day }) => ![0, 6].includes(new Date(day).getUTCDay()));
    assert.equal(badge('weekday-steady', { days, today: later(16) }).earnedOn, later(15));
    const without = days.filter(({ day }) => day !== later(7));
    const missed = badge('weekday-steady', { days: without, today: later(16) });
    assert.equal(missed.earned, 0);
    assert.equal(missed.value, 6);
  });

  it('is the first day after a month that the budget held', () => {
    const budgetMonths = ['2026-10', '2026-11', '2026-12'].map((month) => ({ month, within: true }));
    assert.deepEqual(badge('budget-keeper', { budgetMonths, today: '2027-01-01' }).earnedDays, [
      '2026-11-01',
      '2027-01-01',
    ]);
    const broken = badge('budget-keeper', {
      budgetMonths: [...budgetMonths, { month: '2027-01', within: false }],
      today: '2027-02-01',
    });
    assert.equal(broken.earned, 2);
    assert.equal(broken.value, 0);
  });

  it('waits for the end of a day whose figures may still go either way', () => {
    const good = { requests: 300, fresh: 300, input: 1e7, cacheRead: 1e7 };
    for (const id of ['cache-wizard', 'small-and-beautiful', 'short-memory']) {
      assert.equal(badge(id, { days: [dayWith(monday, good)], today: monday }).earned, 0);
      assert.equal(badge(id, { days: [dayWith(monday, good)], today: later(1) }).earnedOn, monday);
    }
    assert.equal(badge('quiet-nights', { days: daysFrom(monday, 20), today: later(19) }).earned, 0);
    assert.equal(badge('quiet-nights', { days: daysFrom(monday, 20), today: later(20) }).earnedOn, later(19));
  });

  it('looks back over 30 days, the last of them included', () => {
    const bad = dayWith(monday, { requests: 1, fresh: 3_000_000 });
    const good = (day: string) => dayWith(day, { requests: 300, fresh: 300_000 });
    const earned = (day: string) => badge('small-and-beautiful', { days: [bad, good(day)], today: later(60) });
    assert.equal(earned(later(29)).earned, 0);
    assert.equal(earned(later(30)).earnedOn, later(30));
  });

  it('stays, however much worse the habit gets', () => {
    const days = [
      dayWith(monday, { input: 1e7, cacheRead: 9.8e6 }),
      ...daysFrom(later(1), 10, { input: 1e8, cacheRead: 0 }),
    ];
    const wizard = badge('cache-wizard', { days, today: later(11) });
    assert.equal(wizard.earned, 4);
    assert.equal(wizard.earnedOn, monday);
    assert.ok(wizard.value !== null && wizard.value < 1);
    assert.equal(wizard.progress, 1);
  });

  it('stays even where logs that came to light since say otherwise, and is the earlier of two', () => {
    const kept = { 'token-legend': ['2025-01-01', '2025-06-01'] };
    assert.deepEqual(badge('token-legend', {}, kept).earnedDays, ['2025-01-01', '2025-06-01']);
    const days = [dayWith('2025-03-01', { tokens: 1e9 })];
    assert.deepEqual(badge('token-legend', { days }, kept).earnedDays, ['2025-01-01', '2025-03-01', '2025-03-01']);
  });
});

describe('Where a badge stands', () => {
  it('counts from zero to the next tier', () => {
    const legend = badge('token-legend', { days: [dayWith(monday, { tokens: 412e6 })] });
    assert.equal(legend.earned, 2);
    assert.equal(legend.progress, 0.412);
  });

  it('counts a share from the tier that is earned, and never below it', () => {
    const share = (percent: number) =>
      badge('cache-wizard', { days: [dayWith(monday, { input: 1e7, cacheRead: percent * 1e5 })], today: later(1) });
    assert.equal(share(96.5).progress, 0.5);
    assert.equal(share(35).progress, 0.5);
    const fallen = [dayWith(monday, { input: 1e7, cacheRead: 9e6 }), dayWith(later(1), { input: 1e7, cacheRead: 0 })];
    const wizard = badge('cache-wizard', { days: fallen, today: later(2) });
    assert.deepEqual([wizard.earned, wizard.value, wizard.progress], [2, 45, 0]);
  });

  it('counts what is to fall by how near it is', () => {
    const memory = (long: number) =>
      badge('short-memory', { days: [dayWith(monday, { requests: 1000, longRequests: long })], today: later(1) });
    assert.equal(memory(200).progress, 0.5);
    assert.equal(memory(80).progress, 5 / 8);
    assert.equal(memory(0).progress, 1);
    assert.equal(memory(0).value, 0);
  });

  it('is a row that a missed working day ends, and a weekend or a day that is not over does not', () => {
    const days = daysFrom(monday, 5);
    const on = (today: string) => badge('weekday-steady', { days, today }).value;
    assert.equal(on(later(4)), 5);
    assert.equal(on(later(6)), 5);
    assert.equal(on(later(7)), 5);
    assert.equal(on(later(8)), 0);
  });

  it('is a row of quiet nights that tonight may end already', () => {
    const days = daysFrom(monday, 7);
    assert.equal(badge('quiet-nights', { days, today: later(7) }).value, 7);
    const loud = [...days, dayWith(later(7), { nightTokens: 1 })];
    assert.equal(badge('quiet-nights', { days: loud, today: later(7) }).value, 0);
    assert.equal(badge('quiet-nights', { days: [...loud, dayWith(later(8))], today: later(9) }).value, 1);
  });

  it('is unknown where there is no budget to keep', () => {
    assert.equal(badge('budget-keeper', {}).value, null);
    assert.equal(badge('budget-keeper', {}).progress, 0);
  });
});
