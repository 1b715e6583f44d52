/** A person's habit: what 95 of 100 hours of their sessions stay below. */
export interface BurnHabit {
  /** Hours of sessions that it rests on. */
  readonly hours: number;
  /** Of one session in one hour, weighed tokens: what they would be as plain input by price. */
  readonly burn: number;
}

/** What the habit is taken from. */
export const habitDays = 30;
export const habitQuantile = 0.95;

/** With less history nobody can say what is usual. */
export const leastHabitHours = 20;
/** A session burns far beyond the habit from this many times it on … */
export const runawayFactor = 3;
/** … and from this many weighed tokens an hour on: less is no harm, however unusual. */
export const leastRunawayBurn = 2_000_000;

/** Whether what a session with its subagents has burnt in an hour, in weighed tokens, is far beyond the habit. */
export function isRunaway(burn: number, habit: BurnHabit): boolean {
  return habit.hours >= leastHabitHours && burn >= leastRunawayBurn && burn >= runawayFactor * habit.burn;
}

/** How many times the habit it is, in whole numbers; never less than the factor from which on it is worth a word. */
export function timesHabit(burn: number, habit: BurnHabit): number {
  return Math.max(runawayFactor, Math.floor(burn / Math.max(1, habit.burn)));
}
