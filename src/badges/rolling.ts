import { addDays } from '../usage/days.ts';
import type { BadgeFacts, DayFacts } from './facts.ts';
import type { Point } from './rule.ts';

const windowDays = 30;

/** What is measured over 30 days: the sums that a rule needs, and what they come to, null where they are too few to say. */
export interface Rolling<Sums> {
  readonly none: Sums;
  plus(sums: Sums, day: DayFacts, sign: 1 | -1): Sums;
  value(sums: Sums): number | null;
}

/** The measure at the end of each day with any request that is over: today's figures may still go either way. */
export function rollingCourse<Sums>(facts: BadgeFacts, rolling: Rolling<Sums>): readonly Point[] {
  const over = facts.days.filter(({ day }) => day < facts.today);
  const course: Point[] = [];
  let sums = rolling.none;
  let first = 0;
  for (const day of over) {
    const since = addDays(day.day, 1 - windowDays);
    sums = rolling.plus(sums, day, 1);
    for (let oldest = over[first]; oldest && oldest.day < since; oldest = over[++first])
      sums = rolling.plus(sums, oldest, -1);
    const value = rolling.value(sums);
    if (value !== null) course.push({ day: day.day, value });
  }
  return course;
}

/** The measure over the 30 days that end yesterday. */
export function rollingNow<Sums>(facts: BadgeFacts, rolling: Rolling<Sums>): number | null {
  const since = addDays(facts.today, -windowDays);
  const days = facts.days.filter(({ day }) => day >= since && day < facts.today);
  return rolling.value(days.reduce((sums, day) => rolling.plus(sums, day, 1), rolling.none));
}
