import { type BadgeRule, lastOf } from './rule.ts';

const hour = 3_600_000;

/** The longest active time of one session. */
export const sessionImmortal: BadgeRule = {
  id: 'session-immortal',
  unit: 'activeMs',
  goals: [2 * hour, 6 * hour, 12 * hour, 24 * hour],
  course: ({ longestSession }) => longestSession,
  now: ({ longestSession }) => lastOf(longestSession),
};
