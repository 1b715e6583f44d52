import type { AllowanceView, BudgetPeriod, BudgetView, LimitView } from '../src/dashboard/protocol/money.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';

/** Facts in a few words each, to be joined by dots. */
export type LimitWords = readonly string[];

/** A window's name: `5 h`, `weekly`. */
export function limitName(label: string): string {
  if (label === 'week') return t('weekly');
  const hours = /^(\d+)h$/.exec(label)?.[1];
  return hours === undefined ? label : t('{0} h', hours);
}

/** When a limit starts anew, how its use goes with the time, and when it is full if that comes first. */
export function limitWords(limit: LimitView, formats: Formats, now: number): LimitWords {
  const { resetsAt, runsOutAt, elapsed, usedPercent } = limit;
  if (!limit.current) {
    return [
      resetsAt === undefined ? t('its window has ended') : t('its window ended {0}', moment(resetsAt, formats, now)),
      t('was at {0}', formats.percent(usedPercent / 100, 0)),
    ];
  }
  const full = runsOutAt !== undefined && (resetsAt === undefined || runsOutAt < resetsAt);
  return [
    ...(resetsAt === undefined ? [] : [t('resets {0}', moment(resetsAt, formats, now))]),
    ...(usedPercent >= 100
      ? [t('used up')]
      : elapsed === undefined
        ? []
        : [pace(usedPercent / 100, elapsed, full ? moment(runsOutAt, formats, now) : undefined)]),
  ];
}

/** A budget's time: `today`, `November`, `2026`. */
export function budgetName({ per, endsAt }: BudgetView, { locale, zone }: Formats, now: number): string {
  // The end may be the next period's first moment.
  const within = Math.min(now, endsAt - 1);
  const styles: Readonly<Record<BudgetPeriod, () => string>> = {
    day: () => t('today'),
    week: () => t('this week'),
    month: () => new Intl.DateTimeFormat(locale, { timeZone: zone, month: 'long' }).format(within),
    year: () => new Intl.DateTimeFormat(locale, { timeZone: zone, year: 'numeric' }).format(within),
  };
  return styles[per]();
}

/** What of a budget or allowance is used and left. */
export function budgetWords(
  budget: (Pick<BudgetView, 'unit' | 'amount' | 'used'> & Partial<Pick<BudgetView, 'unpricedTokens'>>) | AllowanceView,
  elapsed: number,
  formats: Formats,
): LimitWords {
  const { unit, amount, used } = budget;
  const amountOf = unit === 'usd' ? formats.money : (count: number) => formats.compact(count);
  const unpriced = 'unpricedTokens' in budget ? (budget.unpricedTokens ?? 0) : 0;
  return [
    t('{0} of {1}', amountOf(used), amountOf(amount)),
    used <= amount ? t('{0} left', amountOf(amount - used)) : t('over by {0}', amountOf(used - amount)),
    ...(used < amount && used / amount > elapsed + 0.05 ? [t('ahead of pace')] : []),
    ...(unit === 'usd' ? [t('list price')] : [t('tokens')]),
    ...(unit === 'usd' && unpriced > 0 ? [t('{0} tokens unpriced', formats.compact(unpriced))] : []),
  ];
}

function pace(used: number, elapsed: number, full: string | undefined): string {
  if (full !== undefined) return t('ahead of pace, full about {0}', full);
  if (used > elapsed + 0.02) return t('ahead of pace');
  return used < elapsed - 0.02 ? t('below pace') : t('on pace');
}

/** A time of day, with its day where that is not today. */
function moment(time: number, formats: Formats, now: number): string {
  const style = { timeZone: formats.zone } as const;
  const day = new Intl.DateTimeFormat('en-CA', style);
  if (day.format(time) === day.format(now)) return formats.time(time);
  return new Intl.DateTimeFormat(formats.locale, {
    ...style,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(time);
}
