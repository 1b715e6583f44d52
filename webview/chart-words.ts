import type { Metric } from '../src/dashboard/protocol/amounts.ts';
import type { ChartSplit, ChartView } from '../src/dashboard/protocol/chart.ts';
import { elsewhere, untoldModel } from '../src/dashboard/protocol/machines.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';

export const metrics: readonly Metric[] = ['tokens', 'fresh', 'cost', 'requests'];
export const splits: readonly ChartSplit[] = ['tool', 'model', 'project', 'kind', 'account'];

type Grain = ChartView['grain'];

/** What is measured, as a segment says it. */
export function metricName(metric: Metric): string {
  return { tokens: t('Tokens'), fresh: t('Fresh'), cost: t('Cost'), requests: t('Requests') }[metric];
}

/** The chart's title: `Tokens per day`. */
export function chartTitle(metric: Metric, grain: Grain): string {
  const what = { tokens: t('Tokens'), fresh: t('Fresh tokens'), cost: t('List price'), requests: t('Requests') }[
    metric
  ];
  switch (grain) {
    case 'hour':
      return t('{0} per hour', what);
    case 'day':
      return t('{0} per day', what);
    case 'week':
      return t('{0} per week', what);
    case 'month':
      return t('{0} per month', what);
  }
}

export function splitName(split: ChartSplit): string {
  return {
    tool: t('by tool'),
    model: t('by model'),
    project: t('by project'),
    kind: t('by kind of token'),
    account: t('by account'),
  }[split];
}

/** A series' name. */
export function seriesName(id: string, title: string): string {
  switch (id) {
    case 'other':
      return t('Other');
    case 'output':
      return t('Output');
    case 'cacheWrite':
      return t('Cache writes');
    case 'input':
      return t('Input');
    case 'cacheRead':
      return t('Cache reads');
    case elsewhere:
      return t('Other machines');
    case untoldModel:
      return t('Models not shared');
    case '':
      return t('(none)');
    default:
      return title;
  }
}

/** An amount of a metric: short for axes and legends, with two decimals for details. */
export function amountInWords(metric: Metric, value: number, formats: Formats, detail = false): string {
  if (metric === 'cost') return formats.money(value);
  if (metric === 'requests') return detail ? formats.exact(value) : formats.compact(value);
  return formats.compact(value, detail ? 2 : 1);
}

/** What an axis says at a step: money without cents where all steps are whole. */
export function stepInWords(metric: Metric, value: number, step: number, formats: Formats): string {
  if (metric !== 'cost') return formats.compact(value, 2);
  if (value === 0) return '0';
  const digits = step >= 1e9 ? 0 : 2;
  return new Intl.NumberFormat(formats.locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value / 1e9);
}

/** A bin in full: `Thu 12 Nov`, `14:00 – 15:00`, `Week of 9 Nov`, `November 2026`. */
export function binName(name: string, grain: Grain, formats: Formats): string {
  const { locale } = formats;
  switch (grain) {
    case 'hour': {
      const hour = Number(name.slice(11, 13));
      const pad = (value: number) => String(value).padStart(2, '0');
      return `${pad(hour)}:00 – ${pad((hour + 1) % 24)}:00`;
    }
    case 'day':
      return formats.day(name);
    case 'week':
      return t('Week of {0}', formats.day(name));
    case 'month':
      return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
        new Date(`${name}-01T00:00Z`),
      );
  }
}

const mostMonths = 14;

/** What stands below one of so many bins on the axis; empty where nothing does. The last is the present, if the span ends now. */
export function binLabel(name: string, grain: Grain, isNow: boolean, formats: Formats, bins: number): string {
  const inUtc = (day: string, style: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(formats.locale, { timeZone: 'UTC', ...style }).format(new Date(`${day}T00:00Z`));
  switch (grain) {
    case 'hour':
      return Number(name.slice(11, 13)) % 6 === 0 ? name.slice(11, 13) : '';
    case 'day':
      if (isNow) return t('Today');
      return new Date(`${name}T00:00Z`).getUTCDay() === 1 ? inUtc(name, { day: 'numeric', month: 'short' }) : '';
    case 'week':
      // The week in which a month begins stands for it.
      return Number(name.slice(8)) <= 7 ? inUtc(name, { month: 'short' }) : '';
    case 'month':
      // Of several years each has its number, and its quarters their months.
      if (bins > mostMonths) return name.endsWith('-01') ? name.slice(0, 4) : quarterMonth(name, inUtc);
      return name.endsWith('-01')
        ? inUtc(`${name}-01`, { month: 'short', year: 'numeric' })
        : inUtc(`${name}-01`, { month: 'short' });
  }
}

function quarterMonth(name: string, inUtc: (day: string, style: Intl.DateTimeFormatOptions) => string): string {
  return ['04', '07', '10'].includes(name.slice(5, 7)) ? inUtc(`${name}-01`, { month: 'short' }) : '';
}
