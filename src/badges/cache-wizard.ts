import type { Rolling } from './rolling.ts';
import { rollingCourse, rollingNow } from './rolling.ts';
import type { BadgeRule } from './rule.ts';

/** Less input than this says nothing about a habit. */
const enoughInput = 10_000_000;

const share: Rolling<{ readonly input: number; readonly cacheRead: number }> = {
  none: { input: 0, cacheRead: 0 },
  plus: (sums, day, sign) => ({
    input: sums.input + sign * day.input,
    cacheRead: sums.cacheRead + sign * day.cacheRead,
  }),
  value: ({ input, cacheRead }) => (input < enoughInput ? null : (cacheRead * 100) / input),
};

/** The share of all input that came from the cache, over 30 days. */
export const cacheWizard: BadgeRule = {
  id: 'cache-wizard',
  unit: 'percent',
  goals: [70, 85, 95, 98],
  fromEarned: true,
  course: (facts) => rollingCourse(facts, share),
  now: (facts) => rollingNow(facts, share),
};
