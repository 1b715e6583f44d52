import { type BadgeRule, countedBy } from './rule.ts';

/** Models with at least 100,000 tokens each. */
export const modelConnoisseur: BadgeRule = {
  id: 'model-connoisseur',
  unit: 'models',
  goals: [3, 5, 10, 20],
  course: ({ modelDays }) => countedBy(modelDays),
  now: ({ modelDays }) => modelDays.length,
};
