import type { BadgeView } from '../../src/badges/badge.ts';
import { badgesOf, type EarnedBadges } from '../../src/badges/badges-of.ts';
import type { BadgeFacts, DayFacts } from '../../src/badges/facts.ts';
import { addDays } from '../../src/usage/days.ts';

/** A Monday. */
export const monday = '2026-03-02';

/** Facts of nobody, with some of them set. */
export function factsWith(facts: Partial<BadgeFacts>): BadgeFacts {
  return {
    today: '2026-12-31',
    days: [],
    modelDays: [],
    toolDays: [],
    longestSession: [],
    mostSubagents: [],
    budgetMonths: [],
    ...facts,
  };
}

/** A day with one request of nothing, with some of its sums set. */
export function dayWith(day: string, sums: Partial<DayFacts> = {}): DayFacts {
  return { requests: 1, tokens: 0, fresh: 0, input: 0, cacheRead: 0, longRequests: 0, nightTokens: 0, ...sums, day };
}

/** So many days in a row. */
export function daysFrom(first: string, count: number, sums: Partial<DayFacts> = {}): readonly DayFacts[] {
  return Array.from({ length: count }, (_, index) => dayWith(addDays(first, index), sums));
}

/** One badge of these facts. */
export function badge(id: string, facts: Partial<BadgeFacts>, kept?: EarnedBadges): BadgeView {
  const found = badgesOf(factsWith(facts), kept).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no badge ${id}`);
  return found;
}
