import { type BadgeRule, lastOf } from './rule.ts';

/** The most subagents at work in one session. */
export const fleetAdmiral: BadgeRule = {
  id: 'fleet-admiral',
  unit: 'subagents',
  goals: [3, 10, 25],
  course: ({ mostSubagents }) => mostSubagents,
  now: ({ mostSubagents }) => lastOf(mostSubagents),
};
