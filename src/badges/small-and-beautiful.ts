import { enoughRequests } from './enough-requests.ts';
import type { Rolling } from './rolling.ts';
import { rollingCourse, rollingNow } from './rolling.ts';
import type { BadgeRule } from './rule.ts';

const freshPerRequest: Rolling<{ readonly fresh: number; readonly requests: number }> = {
  none: { fresh: 0, requests: 0 },
  plus: (sums, day, sign) => ({
    fresh: sums.fresh + sign * day.fresh,
    requests: sums.requests + sign * day.requests,
  }),
  value: ({ fresh, requests }) => (requests < enoughRequests ? null : fresh / requests),
};

/** Fresh tokens per request, over 30 days: the fewer, the better. */
export const smallAndBeautiful: BadgeRule = {
  id: 'small-and-beautiful',
  unit: 'tokensPerRequest',
  goals: [8000, 5000, 3000, 2000],
  falling: true,
  course: (facts) => rollingCourse(facts, freshPerRequest),
  now: (facts) => rollingNow(facts, freshPerRequest),
};
