import type { BadgeFacts } from './facts.ts';
import { type BadgeRule, lastOf, type Point } from './rule.ts';

/** Days with work running without a token between 22:00 and 06:00. Days off neither count nor end it. */
export const quietNights: BadgeRule = {
  id: 'quiet-nights',
  unit: 'days',
  goals: [20, 60, 120, 250],
  course,
  now({ today, days, ...facts }) {
    const last = days.at(-1);
    const loud = last?.day === today && last.nightTokens > 0;
    return loud ? 0 : lastOf(course({ today, days, ...facts }));
  },
};

/** A day counts once it is over: its night is still to come. */
function course({ today, days }: BadgeFacts): readonly Point[] {
  let value = 0;
  return days
    .filter(({ day }) => day < today)
    .map(({ day, nightTokens }) => {
      value = nightTokens === 0 ? value + 1 : 0;
      return { day, value };
    });
}
