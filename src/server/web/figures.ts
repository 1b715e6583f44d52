import { type MetricId, metrics } from '../../team/protocol/terms.ts';
import { compact, exact, usd } from '../../usage/format.ts';

/** How a metric's values are written. */
export interface MetricFormat {
  /** `281B`, `$12.4M`, `96.6%`, `12` */
  short(value: number): string;
  /** All digits of one's own. */
  exact(value: number): string;
  /** What is counted, after a number: `tokens`. */
  readonly unit: string;
}

/** Dollars from which cents say nothing among three digits, and from which units say nothing. */
const wholeDollars = 100;
const largeSum = 10_000;

const units: Readonly<Record<MetricId, string>> = {
  tokens: 'tokens',
  fresh: 'fresh tokens',
  cost: 'list price',
  cacheShare: 'cache share',
  activeDays: 'active days',
  models: 'models',
};

/** How the values of a metric are written: whole tokens, micro-USD, a share of one, days, models. */
export function metricFormat(metric: MetricId): MetricFormat {
  const unit = units[metric];
  switch (metrics[metric].unit) {
    case 'microUsd':
      return { short: shortMoney, exact: (value) => money({ maximumFractionDigits: 2 }, value), unit };
    case 'share':
      return { short: (value) => percent(value, 1), exact: (value) => percent(value, 2), unit };
    default:
      return { short: (value) => compact(value), exact: (value) => exact(value), unit };
  }
}

/** Micro-USD in at most three digits. */
export function shortMoney(microUsd: number): string {
  if (microUsd < wholeDollars * 1e6) return usd(microUsd * 1000);
  const notation = microUsd < largeSum * 1e6 ? 'standard' : 'compact';
  return money({ notation, maximumSignificantDigits: 3 }, microUsd);
}

/** A share of one. */
export function percent(share: number, decimals: number): string {
  return new Intl.NumberFormat('en-US', {
    style: 'percent',
    maximumFractionDigits: decimals,
    roundingMode: 'halfExpand',
  }).format(share);
}

/** Whether a metric's values can be added up. */
export function addsUp(metric: MetricId): boolean {
  return metrics[metric].unit === 'tokens' || metrics[metric].unit === 'microUsd';
}

function money(style: Intl.NumberFormatOptions, microUsd: number): string {
  const dollars = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
  return new Intl.NumberFormat('en-US', { ...dollars, roundingMode: 'halfExpand', ...style }).format(microUsd / 1e6);
}
