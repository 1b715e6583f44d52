import { type BadgeRule, countedBy } from './rule.ts';

/** Tools with at least a million tokens each. */
export const toolsmith: BadgeRule = {
  id: 'toolsmith',
  unit: 'tools',
  goals: [2, 3, 5, 7],
  course: ({ toolDays }) => countedBy(toolDays),
  now: ({ toolDays }) => toolDays.length,
};
