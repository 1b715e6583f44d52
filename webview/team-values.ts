import { type MetricId, metrics, type WindowId } from '../src/team/protocol/terms.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';

/** How a metric's values are written. */
export interface MetricFormat {
  /** `281B`, `$12.4M`, `96.6 %`, `12` */
  short(value: number): string;
  /** All digits of one's own. */
  exact(value: number): string;
  /** What is counted, after a number: `tokens`. */
  readonly unit: string;
}

const microInNano = 1000;
/** Dollars from which cents say nothing among three digits, and from which units say nothing. */
const wholeDollars = 100;
const largeSum = 10_000;

/** How the values of a metric are written: whole tokens, micro-USD, a share of one, days, models. */
export function metricFormat(metric: MetricId, formats: Formats): MetricFormat {
  const unit = unitOf(metric);
  switch (metrics[metric].unit) {
    case 'microUsd':
      return {
        short: (value) => shortMoney(value, formats),
        exact: (value) => dollars({ maximumFractionDigits: 2 }, value, formats),
        unit,
      };
    case 'share':
      return { short: (value) => formats.percent(value), exact: (value) => formats.percent(value, 2), unit };
    default:
      return { short: (value) => formats.compact(value), exact: (value) => formats.exact(value), unit };
  }
}

function shortMoney(microUsd: number, formats: Formats): string {
  if (microUsd < wholeDollars * 1e6) return formats.money(microUsd * microInNano);
  const notation = microUsd < largeSum * 1e6 ? 'standard' : 'compact';
  return dollars({ notation, maximumSignificantDigits: 3 }, microUsd, formats);
}

function dollars(style: Intl.NumberFormatOptions, microUsd: number, { locale }: Formats): string {
  const money = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
  return new Intl.NumberFormat(locale, { ...money, roundingMode: 'halfExpand', ...style }).format(microUsd / 1e6);
}

/** Whether a metric's values can be added up. */
export function addsUp(metric: MetricId): boolean {
  return metrics[metric].unit === 'tokens' || metrics[metric].unit === 'microUsd';
}

export function metricTitle(metric: MetricId): string {
  return {
    tokens: t('Tokens'),
    fresh: t('Fresh'),
    cost: t('Cost'),
    cacheShare: t('Cache share'),
    activeDays: t('Active days'),
    models: t('Models'),
  }[metric];
}

function unitOf(metric: MetricId): string {
  return {
    tokens: t('tokens'),
    fresh: t('fresh tokens'),
    cost: t('list price'),
    cacheShare: t('cache share'),
    activeDays: t('active days'),
    models: t('models'),
  }[metric];
}

export function windowTitle(window: WindowId): string {
  return { today: t('Today'), '7d': t('7 days'), '30d': t('30 days'), '90d': t('90 days') }[window];
}

/** The formula in words, where it is the one that this program knows; else as the server tells it. */
export function formulaWords(metric: MetricId, told: string): string {
  if (told !== '' && told !== metrics[metric].formula) return told;
  return {
    tokens: t('tokens = input + output + cache writes + cache reads'),
    fresh: t('fresh = input + output + cache writes'),
    cost: t('cost = list price of each request'),
    cacheShare: t('cache share = cache reads ÷ (input + cache writes + cache reads)'),
    activeDays: t('active days = UTC days with any token'),
    models: t('models = those with at least 100K tokens each'),
  }[metric];
}

/** What a value of the metric is, and is not. */
export function formulaNotes(metric: MetricId): readonly string[] {
  return {
    tokens: [t('as each tool reports them'), t('a volume, not a measure of work')],
    fresh: [t('without cache reads'), t('a volume, not a measure of work')],
    cost: [t('list price, not anybody’s bill')],
    cacheShare: [t('from 1M tokens of input up')],
    activeDays: [t('not a measure of work')],
    models: [t('as the public price list names them')],
  }[metric];
}
