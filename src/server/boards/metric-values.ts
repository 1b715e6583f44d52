import { cacheShareMinInput } from '../../team/protocol/limits.ts';
import { type MetricId, metricIds } from '../../team/protocol/terms.ts';
import type { Contribution } from '../store/records.ts';

type Sums = Pick<Contribution, 'in' | 'out' | 'cr' | 'cw' | 'usd' | 'activeDays' | 'models'>;

/** A member's value in a metric, in its unit; undefined where there is too little to tell of. */
export function metricValue(metric: MetricId, sums: Sums): number | undefined {
  switch (metric) {
    case 'tokens':
      return sums.in + sums.out + sums.cr + sums.cw;
    case 'fresh':
      return sums.in + sums.out + sums.cw;
    case 'cost':
      return sums.usd;
    case 'cacheShare': {
      const input = sums.in + sums.cr + sums.cw;
      return input >= cacheShareMinInput ? sums.cr / input : undefined;
    }
    case 'activeDays':
      return sums.activeDays;
    case 'models':
      return sums.models;
  }
}

/** A member's values in all metrics. */
export function metricValues(sums: Sums): Readonly<Partial<Record<MetricId, number>>> {
  const values: Partial<Record<MetricId, number>> = {};
  for (const metric of metricIds) {
    const value = metricValue(metric, sums);
    if (value !== undefined) values[metric] = value;
  }
  return values;
}
