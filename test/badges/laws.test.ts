import assert from 'node:assert/strict';
import fc from 'fast-check';
import { badgesOf, earnedBadges, newBadges } from '../../src/badges/badges-of.ts';
import type { BadgeFacts, DayFacts, Risen } from '../../src/badges/facts.ts';
import { badgeRules } from '../../src/badges/rules.ts';
import { addDays } from '../../src/usage/days.ts';
import { factsWith, monday } from './some-facts.ts';

/** What one day may add to a person's history. */
interface Lived {
  /** Days since the one before. */
  readonly after: number;
  readonly sums: Omit<DayFacts, 'day'>;
  readonly model: boolean;
  readonly tool: boolean;
  readonly sessionMs: number;
  readonly subagents: number;
  readonly within: boolean;
}

const lived: fc.Arbitrary<Lived> = fc.record({
  after: fc.oneof({ arbitrary: fc.constant(1), weight: 12 }, fc.integer({ min: 1, max: 20 })),
  sums: fc
    .record({
      requests: fc.integer({ min: 1, max: 400 }),
      fresh: fc.integer({ min: 0, max: 1_000_000 }),
      cacheRead: fc.integer({ min: 0, max: 40_000_000 }),
      longShare: fc.double({ min: 0, max: 0.3, noNaN: true }),
      loud: fc.boolean(),
    })
    .map(({ requests, fresh, cacheRead, longShare, loud }) => ({
      requests,
      fresh,
      cacheRead,
      tokens: fresh + cacheRead,
      input: Math.floor(fresh / 2) + cacheRead,
      longRequests: Math.floor(requests * longShare),
      nightTokens: loud ? 1 : 0,
    })),
  model: fc.boolean(),
  tool: fc.boolean(),
  sessionMs: fc.integer({ min: 0, max: 90_000_000 }),
  subagents: fc.integer({ min: 0, max: 30 }),
  within: fc.boolean(),
});

const lives = fc.array(lived, { minLength: 1, maxLength: 120 });

describe('Badges', () => {
  it('are never taken away by more history, and keep their days', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 0, max: 120 }), (life, cut) => {
        const then = badgesOf(factsOf(life.slice(0, cut)));
        const now = badgesOf(factsOf(life));
        then.forEach((badge, index) => {
          assert.deepEqual(now[index]?.earnedDays.slice(0, badge.earned), badge.earnedDays, badge.id);
        });
      }),
    );
  });

  it('are never taken away by any other facts either, once they are kept', () => {
    fc.assert(
      fc.property(lives, lives, (life, other) => {
        const kept = earnedBadges(badgesOf(factsOf(life)));
        const after = badgesOf(factsOf(other), kept);
        for (const badge of after) assert.ok(badge.earned >= (kept[badge.id]?.length ?? 0), badge.id);
        assert.deepEqual(badgesOf(factsOf(other), earnedBadges(after)), after);
      }),
    );
  });

  it('hold together: days in order and none to come, progress within 0 and 1, as many goals as tiers', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const facts = factsOf(life);
        for (const badge of badgesOf(facts)) {
          assert.equal(badge.goals.length, badge.tiers.length);
          assert.equal(badge.earned, badge.earnedDays.length);
          assert.equal(badge.earnedOn, badge.earnedDays.at(-1));
          assert.deepEqual(badge.earnedDays, badge.earnedDays.toSorted());
          assert.ok(badge.earnedDays.every((day) => day <= facts.today));
          assert.ok(badge.progress >= 0 && badge.progress <= 1, `${badge.id} ${badge.progress}`);
          if (badge.earned === badge.tiers.length) assert.equal(badge.progress, 1);
        }
      }),
    );
  });

  it('tell which are new', () => {
    const none = badgesOf(factsWith({}));
    assert.deepEqual(newBadges(none, {}), []);
    const fleet = badgesOf(factsWith({ mostSubagents: [{ day: monday, value: 3 }] }));
    assert.deepEqual(
      newBadges(fleet, earnedBadges(none)).map(({ id }) => id),
      ['fleet-admiral'],
    );
    assert.deepEqual(newBadges(fleet, earnedBadges(fleet)), []);
    const larger = badgesOf(factsWith({ mostSubagents: [{ day: monday, value: 10 }] }));
    assert.equal(newBadges(larger, earnedBadges(fleet)).length, 1);
  });

  it('have names of their own that are for good', () => {
    assert.deepEqual(
      badgeRules.map(({ id }) => id),
      [
        'token-legend',
        'model-connoisseur',
        'cache-wizard',
        'session-immortal',
        'weekday-steady',
        'toolsmith',
        'budget-keeper',
        'fleet-admiral',
        'comeback',
        'small-and-beautiful',
        'quiet-nights',
        'short-memory',
      ],
    );
  });
});

function factsOf(life: readonly Lived[]): BadgeFacts {
  let day = monday;
  const days = life.map(({ after, sums }) => {
    day = addDays(day, after);
    return { ...sums, day };
  });
  const on = (chosen: (one: Lived) => boolean) =>
    days.filter((_, index) => chosen(life[index] as Lived)).map((one) => one.day);
  const records = (value: (one: Lived) => number) => {
    const risen: Risen[] = [];
    life.forEach((one, index) => {
      const high = value(one);
      if (high > (risen.at(-1)?.value ?? 0)) risen.push({ day: days[index]?.day ?? day, value: high });
    });
    return risen;
  };
  const months = new Map(days.map((one, index) => [one.day.slice(0, 7), life[index]?.within === true]));
  months.delete(day.slice(0, 7));
  return {
    today: day,
    days,
    modelDays: on((one) => one.model),
    toolDays: on((one) => one.tool),
    longestSession: records((one) => one.sessionMs),
    mostSubagents: records((one) => one.subagents),
    budgetMonths: [...months].map(([month, within]) => ({ month, within })),
  };
}
