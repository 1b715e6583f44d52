import type { BadgeView } from './badge.ts';
import type { BadgeFacts } from './facts.ts';
import { type BadgeRule, tiersOf } from './rule.ts';
import { badgeRules } from './rules.ts';

/** By a badge's id the day of each tier that was ever earned, from the lowest. */
export type EarnedBadges = Readonly<Record<string, readonly string[]>>;

/**
 * How far a person is with every badge. What was `kept` from an earlier time stays earned, even where logs that came to light
 * since, or figures that a person had forgotten, would now say otherwise.
 */
export function badgesOf(facts: BadgeFacts, kept: EarnedBadges = {}): readonly BadgeView[] {
  return badgeRules.map((rule) => badgeOf(rule, facts, kept[rule.id] ?? []));
}

/** What to keep for the next time. */
export function earnedBadges(badges: readonly BadgeView[]): EarnedBadges {
  return Object.fromEntries(badges.map(({ id, earnedDays }) => [id, earnedDays]));
}

/** Ids of the badges earned, those with the most tiers first. */
export function earnedIds(earned: EarnedBadges): readonly string[] {
  return Object.entries(earned)
    .filter(([, days]) => days.length > 0)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([id]) => id);
}

/** Badges with a tier that was not earned before, in their lasting order. */
export function newBadges(badges: readonly BadgeView[], before: EarnedBadges): readonly BadgeView[] {
  return badges.filter(({ id, earned }) => earned > (before[id]?.length ?? 0));
}

function badgeOf(rule: BadgeRule, facts: BadgeFacts, kept: readonly string[]): BadgeView {
  const value = rule.now(facts);
  const earnedDays = daysOf(rule, facts, kept);
  return {
    id: rule.id,
    tiers: tiersOf(rule),
    earned: earnedDays.length,
    earnedDays,
    earnedOn: earnedDays.at(-1),
    unit: rule.unit,
    value,
    goals: rule.goals,
    falling: rule.falling === true,
    progress: progressOf(rule, value, earnedDays.length),
  };
}

/** A tier is reached at the latest with the one above it. */
function daysOf(rule: BadgeRule, facts: BadgeFacts, kept: readonly string[]): readonly string[] {
  const course = rule.course(facts);
  const days = rule.goals.map((goal, tier) => {
    const reached = course.find(({ value }) => (rule.falling ? value <= goal : value >= goal));
    return earlier(reached?.day, kept[tier]);
  });
  for (let tier = days.length - 2; tier >= 0; tier--) days[tier] = earlier(days[tier], days[tier + 1]);
  return days.filter((day) => day !== undefined);
}

function progressOf(rule: BadgeRule, value: number | null, earned: number): number {
  const goal = rule.goals[earned];
  if (goal === undefined) return 1;
  if (value === null) return 0;
  if (rule.falling) return value <= goal ? 1 : goal / value;
  const start = rule.fromEarned ? (rule.goals[earned - 1] ?? 0) : 0;
  return Math.min(1, Math.max(0, (value - start) / (goal - start)));
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
