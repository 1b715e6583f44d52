import type { InsightsView } from '../src/dashboard/protocol/insights.ts';
import type { Scope } from '../src/dashboard/protocol/scope.ts';
import { card } from './card.ts';
import { el } from './dom.ts';
import { billingRows, burnFigures, efficiencyFigures } from './insights-figures.ts';
import { habitList } from './insights-habits.ts';
import { priceTable } from './insights-prices.ts';
import { t } from './l10n.ts';
import { dropdown } from './ui.ts';
import type { View, ViewContext } from './view.ts';

/** What the tokens cost and why: burn rate, efficiency, costly habits, models and their prices, how tools are paid. */
export function insightsView(context: ViewContext): View {
  const { formats } = context;
  let compared = context.recall<string>('insights.compared');
  let figures: InsightsView | undefined;
  let shownScope: Scope | undefined;
  let drawn = '';
  let asked = 0;
  const other = el('span', { class: 'tb-prices-choice' });
  let offered = '';

  const burn = card({
    id: 'burn',
    title: t('Burning now'),
    formula: t(
      'Tokens and list price of the last 60 minutes, with the filter, whatever the period. The usual active hour is the average over the active time of the 30 days before, gaps over 30 minutes cut.',
    ),
    context,
  });
  const efficiency = card({
    id: 'efficiency',
    title: t('Efficiency'),
    formula: t(
      'Cache share is cache reads ÷ (input + cache writes + cache reads). Cache misses are what input and cache writes cost more than reading the same tokens from the cache would have. Active hours cut gaps over 30 minutes. A long-context request has over 200,000 tokens of input, cache included.',
    ),
    context,
  });
  const habits = card({
    id: 'habits',
    title: t('Most expensive habits'),
    formula: t(
      'Requests of the period that share a pattern, at list price, the dearest pattern first. One request may count in several, so that they do not add up.',
    ),
    context,
  });
  const prices = card({
    id: 'prices',
    title: t('Models and prices'),
    formula: t(
      'Each request at the list price of its day. Rates are today’s, in USD per million tokens, of the standard tier. The comparison takes the same tokens of each kind at the other model’s rates; another model would have used more or fewer tokens for the same work.',
    ),
    context,
    controls: [other],
  });
  const billing = card({
    id: 'billing',
    title: t('Billing'),
    formula: t(
      'How each tool is paid is a setting, since no log tells. Figures are list prices whichever way: with a plan they tell what its tokens would have cost by use.',
    ),
    context,
  });
  const cards = [burn, efficiency, habits, prices, billing] as const;
  const element = el(
    'div',
    { class: 'tb-insights' },
    el('div', { class: 'tb-insights-cards' }, ...cards.map((part) => part.element)),
  );
  burn.loading('headline', 'line');
  efficiency.loading('bar');
  habits.loading('bar', 'bar', 'bar');
  prices.loading('row', 'row', 'row', 'row');
  billing.loading('row', 'row');

  function draw(view: InsightsView): void {
    const state = JSON.stringify([view, compared, shownScope?.filter]);
    if (state === drawn) return;
    drawn = state;
    burn.note(t('last hour'));
    burn.fill(burnFigures(view.now, formats));
    for (const { element: part } of [habits, prices, billing]) part.hidden = view.amounts.requests === 0;
    if (view.amounts.requests === 0) {
      const filtered = Object.values(shownScope?.filter ?? {}).some((list) => list !== undefined && list.length > 0);
      const sentence = filtered
        ? t('Nothing was counted in this period with this filter.')
        : t('Nothing was counted in this period.');
      efficiency.fill(el('p', { class: 'tb-muted' }, sentence));
      return;
    }
    efficiency.fill(efficiencyFigures(view.efficiency, formats));
    habits.note(...(view.filling ? [t('single requests are still being read')] : []));
    if (view.filling && view.habits.length === 0) habits.loading('bar', 'bar');
    else habits.fill(habitList(view.habits, context));
    showPrices(view);
    billing.fill(billingRows(view.billing, context));
  }

  function showPrices(view: InsightsView): void {
    const chosen = view.others.find(({ model }) => model === compared)?.model ?? view.others[0]?.model ?? '';
    const choices = view.others.map(({ model }) => ({ value: model, text: model }));
    other.hidden = choices.length === 0;
    if (offered !== JSON.stringify([choices, chosen])) {
      offered = JSON.stringify([choices, chosen]);
      other.replaceChildren(
        el('span', { class: 'tb-muted tb-small', 'aria-hidden': 'true' }, t('Compare with')),
        dropdown({
          label: t('Compare with the price of'),
          choices,
          value: chosen,
          onChange(model) {
            compared = model;
            offered = JSON.stringify([choices, model]);
            context.remember('insights.compared', model);
            if (figures !== undefined) draw(figures);
          },
        }),
      );
    }
    const { version, date } = view.prices;
    const dated = date === undefined ? version : t('{0} of {1}', version, formats.day(date, 'long'));
    const unpriced = view.amounts.unpricedTokens;
    prices.fill(
      el('div', { class: 'tb-dropping' }, priceTable(view, chosen, formats)),
      el(
        'p',
        { class: 'tb-muted tb-small tb-prices-foot' },
        [
          t('Price table {0}', dated),
          t('rates in USD per million tokens'),
          unpriced === 0
            ? t('all tokens have a price')
            : t('{0} tokens have no known price and are in no sum of money', formats.compact(unpriced)),
        ].join(' · '),
      ),
    );
  }

  async function show(scope: Scope): Promise<void> {
    const turn = ++asked;
    try {
      const answer = await context.ask({ ask: 'insights', scope });
      if (turn !== asked) return;
      figures = answer;
      shownScope = scope;
      draw(answer);
    } catch (error) {
      if (turn !== asked) return;
      drawn = '';
      const message = error instanceof Error ? error.message : String(error);
      for (const part of cards) {
        part.element.hidden = false;
        part.fail(message, () => void show(scope));
      }
    }
  }

  return { element, show };
}
