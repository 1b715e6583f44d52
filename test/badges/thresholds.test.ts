import assert from 'node:assert/strict';
import type { BadgeFacts } from '../../src/badges/facts.ts';
import { addDays } from '../../src/usage/days.ts';
import { badge, daysFrom, dayWith, monday } from './some-facts.ts';

const hour = 3_600_000;
const today = '2026-12-31';
const before = addDays(today, -1);

/** By badge: what each tier takes, the smallest step below, and facts that come to an amount. */
const badges: Readonly<
  Record<
    string,
    {
      readonly goals: readonly number[];
      readonly step: number;
      readonly falling?: true;
      facts(amount: number): Partial<BadgeFacts>;
    }
  >
> = {
  'token-legend': {
    goals: [1e7, 1e8, 1e9, 1e10, 1e11],
    step: 1,
    facts: (tokens) => ({ days: [dayWith(monday, { tokens: 1 }), dayWith(before, { tokens: tokens - 1 })] }),
  },
  'model-connoisseur': {
    goals: [3, 5, 10, 20],
    step: 1,
    facts: (models) => ({ modelDays: Array.from({ length: models }, () => before) }),
  },
  'cache-wizard': {
    goals: [70, 85, 95, 98],
    step: 0.00001,
    facts: (percent) => ({ days: [dayWith(before, { input: 1e7, cacheRead: Math.round(percent * 1e5) })] }),
  },
  'session-immortal': {
    goals: [2 * hour, 6 * hour, 12 * hour, 24 * hour],
    step: 1,
    facts: (value) => ({ longestSession: [{ day: before, value }] }),
  },
  'weekday-steady': {
    goals: [10, 30, 60, 120],
    step: 1,
    // From a Monday on; five of seven days count.
    facts: (workdays) => ({ days: daysFrom(monday, Math.floor((workdays - 1) / 5) * 7 + ((workdays - 1) % 5) + 1) }),
  },
  toolsmith: {
    goals: [2, 3, 5, 7],
    step: 1,
    facts: (tools) => ({ toolDays: Array.from({ length: tools }, () => before) }),
  },
  'budget-keeper': {
    goals: [1, 3, 6, 12],
    step: 1,
    facts: (months) => ({
      budgetMonths: Array.from({ length: months }, (_, index) => ({
        month: `2025-${String(index + 1).padStart(2, '0')}`,
        within: true,
      })),
    }),
  },
  'fleet-admiral': {
    goals: [3, 10, 25],
    step: 1,
    facts: (value) => ({ mostSubagents: [{ day: before, value }] }),
  },
  'small-and-beautiful': {
    goals: [8000, 5000, 3000, 2000],
    step: 1,
    falling: true,
    facts: (perRequest) => ({ days: [dayWith(before, { requests: 300, fresh: 300 * perRequest })] }),
  },
  'quiet-nights': {
    goals: [20, 60, 120, 250],
    step: 1,
    facts: (days) => ({ days: daysFrom(monday, days), today }),
  },
  'short-memory': {
    goals: [10, 5, 2, 1],
    step: 0.1,
    falling: true,
    facts: (percent) => ({ days: [dayWith(before, { requests: 1000, longRequests: Math.round(percent * 10) })] }),
  },
};

describe('A tier of a badge', () => {
  for (const [id, { goals, step, falling, facts }] of Object.entries(badges)) {
    it(`${id}: is earned exactly at its goal, not a step before`, () => {
      assert.deepEqual(badge(id, {}).goals, goals);
      assert.equal(badge(id, {}).falling, falling === true);
      assert.equal(badge(id, {}).earned, 0);
      goals.forEach((goal, tier) => {
        const sign = falling ? -1 : 1;
        assert.equal(badge(id, facts(goal - sign * step)).earned, tier, `before ${goal}`);
        assert.equal(badge(id, facts(goal)).earned, tier + 1, `at ${goal}`);
        assert.ok(badge(id, facts(goal + sign * step)).earned > tier, `beyond ${goal}`);
      });
    });
  }

  it('comeback: takes fourteen days without a request, not thirteen', () => {
    const pause = (days: number) => badge('comeback', { days: [dayWith(monday), dayWith(addDays(monday, days + 1))] });
    assert.equal(pause(13).earned, 0);
    assert.equal(pause(14).earned, 1);
    assert.equal(pause(15).earnedOn, addDays(monday, 16));
  });

  it('says nothing of a habit where there is too little to go by', () => {
    const thin = { requests: 299, fresh: 299, input: 9_999_999, cacheRead: 9_999_999 };
    for (const id of ['cache-wizard', 'small-and-beautiful', 'short-memory']) {
      assert.equal(badge(id, { days: [dayWith(before, thin)] }).earned, 0);
      assert.equal(badge(id, { days: [dayWith(before, thin)] }).value, null);
      const enough = { requests: 300, fresh: 300, input: 1e7, cacheRead: 1e7 };
      assert.equal(badge(id, { days: [dayWith(before, enough)] }).earned, 4);
    }
  });
});
