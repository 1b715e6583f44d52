import type { BadgeFacts } from './facts.ts';
import { type BadgeRule, lastOf, type Point } from './rule.ts';

/** Tokens counted in all. */
export const tokenLegend: BadgeRule = {
  id: 'token-legend',
  unit: 'tokens',
  goals: [1e7, 1e8, 1e9, 1e10, 1e11],
  course,
  now: (facts) => lastOf(course(facts)),
};

function course({ days }: BadgeFacts): readonly Point[] {
  let value = 0;
  return days.map(({ day, tokens }) => {
    value += tokens;
    return { day, value };
  });
}
