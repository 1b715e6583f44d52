import type { BadgeUnit, Tier } from './badge.ts';
import type { BadgeFacts, Risen } from './facts.ts';

/** Where a measure stood when a day was over, or, where it never falls, as soon as it had come so far. */
export type Point = Risen;

/** A badge: what is measured, and what each tier takes. */
export interface BadgeRule {
  /** Kept and shown by: it never changes. */
  readonly id: string;
  readonly unit: BadgeUnit;
  /** As many as there are tiers, from the easiest. */
  readonly goals: readonly number[];
  /** Less is better. */
  readonly falling?: boolean;
  /** Progress counts from the tier that is earned, not from zero: for shares, of which the last few are the hard ones. */
  readonly fromEarned?: boolean;
  /** The measure over time, from early to late: a tier is earned on the first day on which it is reached. */
  course(facts: BadgeFacts): readonly Point[];
  /** Where it stands now; null where nothing can be said yet. */
  now(facts: BadgeFacts): number | null;
}

const allTiers: readonly Tier[] = ['bronze', 'silver', 'gold', 'platinum', 'diamond'];

/** The names of a rule's tiers, from the lowest. */
export function tiersOf(rule: BadgeRule): readonly Tier[] {
  return allTiers.slice(0, rule.goals.length);
}

/** The last value of a course that only rises; 0 before it begins. */
export function lastOf(course: readonly Point[]): number {
  return course.at(-1)?.value ?? 0;
}

/** How many of some things had happened by each of their days. */
export function countedBy(days: readonly string[]): readonly Point[] {
  return days.map((day, index) => ({ day, value: index + 1 }));
}
