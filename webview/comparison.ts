import type { OverviewView } from '../src/dashboard/protocol/overview.ts';
import type { Period } from '../src/dashboard/protocol/scope.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';

/** How the total compares with the span before; neither good nor bad. Undefined where nothing is known of it. */
export function comparison(
  { amounts, before, span }: OverviewView,
  period: Period,
  formats: Formats,
): string | undefined {
  if (before === undefined || before.amounts.tokens === 0) return undefined;
  const than = spanBefore(period, span.days);
  const was = formats.compact(before.amounts.tokens);
  const ratio = amounts.tokens / before.amounts.tokens;
  if (ratio >= 2) {
    const times = new Intl.NumberFormat(formats.locale, { maximumFractionDigits: ratio < 10 ? 1 : 0 }).format(ratio);
    return t('{0} times {1} ({2})', times, than, was);
  }
  const percent = formats.percent(Math.abs(ratio - 1), 0);
  if (Math.round(Math.abs(ratio - 1) * 100) === 0) return t('As much as {0} ({1})', than, was);
  return ratio > 1
    ? t('{0} more than {1} ({2})', percent, than, was)
    : t('{0} less than {1} ({2})', percent, than, was);
}

function spanBefore(period: Period, days: number): string {
  switch (period.kind) {
    case 'today':
      return t('yesterday by this time');
    case 'month':
      return t('last month by this day');
    case 'year':
      return t('last year by this day');
    default:
      return t('the {0} days before', days);
  }
}
