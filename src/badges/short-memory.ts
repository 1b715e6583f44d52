import { enoughRequests } from './enough-requests.ts';
import type { Rolling } from './rolling.ts';
import { rollingCourse, rollingNow } from './rolling.ts';
import type { BadgeRule } from './rule.ts';

const longShare: Rolling<{ readonly long: number; readonly requests: number }> = {
  none: { long: 0, requests: 0 },
  plus: (sums, day, sign) => ({
    long: sums.long + sign * day.longRequests,
    requests: sums.requests + sign * day.requests,
  }),
  value: ({ long, requests }) => (requests < enoughRequests ? null : (long * 100) / requests),
};

/** The share of requests with over 200,000 tokens of input, over 30 days: the smaller, the better. */
export const shortMemory: BadgeRule = {
  id: 'short-memory',
  unit: 'percent',
  goals: [10, 5, 2, 1],
  falling: true,
  course: (facts) => rollingCourse(facts, longShare),
  now: (facts) => rollingNow(facts, longShare),
};
