import { cacheShareMinInput } from './limits.ts';
import type { MetricId } from './terms.ts';

/** What metrics are counted from: sums over a window, whole numbers below 2^53. */
export interface MetricSums {
  readonly in: number;
  readonly out: number;
  readonly cr: number;
  readonly cw: number;
  readonly usd: number;
  readonly activeDays: number;
  readonly models: number;
}

/** A metric's value in its unit: a whole number, but for shares. Null where there is none: nothing used, or too little. */
export function metricValue(metric: MetricId, sums: MetricSums): number | null {
  const fresh = sums.in + sums.out + sums.cw;
  const input = sums.in + sums.cr + sums.cw;
  switch (metric) {
    case 'tokens':
      return positive(fresh + sums.cr);
    case 'fresh':
      return positive(fresh);
    case 'cost':
      return positive(sums.usd);
    case 'cacheShare':
      return input < cacheShareMinInput ? null : sums.cr / input;
    case 'activeDays':
      return positive(sums.activeDays);
    case 'models':
      return positive(sums.models);
  }
}

function positive(value: number): number | null {
  return value > 0 ? value : null;
}
