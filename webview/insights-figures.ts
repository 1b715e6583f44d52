import type { BurnView, EfficiencyView, InsightsView } from '../src/dashboard/protocol/insights.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { paidWords } from './sessions-words.ts';
import { button } from './ui.ts';
import type { ViewContext } from './view.ts';

/** A figure with its name above and what it means below. */
function figure(title: string, value: string, note: string): HTMLElement {
  return el(
    'div',
    { class: 'tb-insight' },
    el('dt', { class: 'tb-muted tb-small' }, title),
    el('dd', { class: 'tb-second' }, value),
    el('dd', { class: 'tb-muted tb-small' }, note),
  );
}

export function efficiencyFigures(efficiency: EfficiencyView, formats: Formats): HTMLElement {
  const { longRequests } = efficiency;
  const counted = (value: number | null) => (value === null ? '–' : formats.compact(value));
  return el(
    'dl',
    { class: 'tb-insights-figures' },
    figure(t('Cache share'), formats.percent(efficiency.cacheShare), t('of all input was read from the cache')),
    figure(
      t('Cache misses'),
      formats.money(efficiency.missCostNanoUSD),
      t('more than had it been read from the cache'),
    ),
    figure(
      t('Tokens per active hour'),
      counted(efficiency.tokensPerActiveHour),
      t('in {0} active hours', formats.compact(efficiency.activeHours)),
    ),
    figure(t('Fresh per request'), counted(efficiency.freshPerRequest), t('tokens that were not cache reads')),
    figure(
      t('Long-context requests'),
      formats.exact(longRequests.requests),
      longRequests.requests === 0
        ? t('none over 200K tokens of input')
        : t('{0} of all, {1}', formats.percent(longRequests.share), formats.money(longRequests.costNanoUSD)),
    ),
  );
}

export function burnFigures(now: BurnView | undefined, formats: Formats): HTMLElement {
  if (now === undefined) return el('p', { class: 'tb-muted' }, t('Nothing was burned in the last hour.'));
  const sessions = now.sessions === 1 ? t('1 session') : t('{0} sessions', formats.exact(now.sessions));
  const times = new Intl.NumberFormat(formats.locale, { maximumFractionDigits: 1 });
  const usual =
    now.timesUsual === null
      ? t('No history yet to compare it with.')
      : t('{0} times your usual active hour.', times.format(now.timesUsual));
  return el(
    'div',
    {},
    el('p', { class: 'tb-burn-figure' }, formats.compact(now.tokensPerHour), ' ', el('span', {}, t('tokens an hour'))),
    el(
      'p',
      {},
      [now.costNanoUSDPerHour === null ? undefined : t('{0} an hour', formats.money(now.costNanoUSDPerHour)), sessions]
        .filter((part) => part !== undefined)
        .join(' · '),
    ),
    el('p', { class: 'tb-muted tb-small' }, usual),
  );
}

/** How each tool is paid, which is a setting, and what its tokens come to. */
export function billingRows(billing: InsightsView['billing'], context: ViewContext): HTMLElement {
  const { formats } = context;
  return el(
    'div',
    { class: 'tb-billing' },
    el(
      'ul',
      {},
      ...billing.map(({ title, amounts, paidBy }) =>
        el(
          'li',
          { class: 'tb-billing-row' },
          el('span', { class: 'tb-billing-tool' }, title),
          el('span', { class: 'tb-muted' }, paidBy === undefined ? t('not said how it is paid') : paidWords(paidBy)),
          el('span', { class: 'tb-billing-cost tb-number' }, formats.money(amounts.costNanoUSD)),
        ),
      ),
    ),
    button({
      text: t('Say how tools are paid'),
      icon: 'gear',
      onClick: () => context.act({ act: 'settings', id: 'tokenboard.billing' }),
    }),
  );
}
