import { addDays } from '../usage/days.ts';
import type { BadgeFacts } from './facts.ts';
import { type BadgeRule, countedBy, type Point } from './rule.ts';

const pauseDays = 14;

/** Back after a pause of two weeks or more. */
export const comeback: BadgeRule = {
  id: 'comeback',
  unit: 'times',
  goals: [1],
  course,
  now: (facts) => course(facts).length,
};

function course({ days }: BadgeFacts): readonly Point[] {
  const back = days.filter(({ day }, index) => {
    const before = days[index - 1];
    return before !== undefined && addDays(before.day, pauseDays) < day;
  });
  return countedBy(back.map(({ day }) => day));
}
