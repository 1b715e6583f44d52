import type { BadgeFacts } from './facts.ts';
import type { BadgeRule, Point } from './rule.ts';

/** Months in a row within the budget. A month without any request neither counts nor ends the row. */
export const budgetKeeper: BadgeRule = {
  id: 'budget-keeper',
  unit: 'months',
  goals: [1, 3, 6, 12],
  course,
  now: (facts) => (facts.budgetMonths.length === 0 ? null : (course(facts).at(-1)?.value ?? 0)),
};

/** A month is kept once it is over: on the first day of the next. */
function course({ budgetMonths }: BadgeFacts): readonly Point[] {
  let value = 0;
  return budgetMonths.map(({ month, within }) => {
    value = within ? value + 1 : 0;
    return { day: firstDayAfter(month), value };
  });
}

function firstDayAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}
