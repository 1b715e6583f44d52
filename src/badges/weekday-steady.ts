import { addDays } from '../usage/days.ts';
import type { BadgeFacts } from './facts.ts';
import type { BadgeRule, Point } from './rule.ts';

/** Mondays to Fridays in a row with any request; weekends neither count nor end it. */
export const weekdaySteady: BadgeRule = {
  id: 'weekday-steady',
  unit: 'days',
  goals: [10, 30, 60, 120],
  course,
  now(facts) {
    const last = course(facts).at(-1);
    // A day that is not over has not been missed.
    return last === undefined || nextWorkday(last.day) < facts.today ? 0 : last.value;
  },
};

function course({ days }: BadgeFacts): readonly Point[] {
  const worked: Point[] = [];
  for (const { day } of days) {
    if (isWeekend(day)) continue;
    const last = worked.at(-1);
    worked.push({ day, value: last !== undefined && nextWorkday(last.day) === day ? last.value + 1 : 1 });
  }
  return worked;
}

function nextWorkday(day: string): string {
  let next = addDays(day, 1);
  while (isWeekend(next)) next = addDays(next, 1);
  return next;
}

function isWeekend(day: string): boolean {
  return new Date(`${day}T00:00Z`).getUTCDay() % 6 === 0;
}
