import type { Ledger } from '../ledger/ledger.ts';
import { type PriceList, pricesDate, pricesVersion } from '../pricing/price-list.ts';
import { toolTitle } from '../readers/index.ts';
import { activeQuarters } from '../stats/active-time.ts';
import { burnView } from './burn.ts';
import { CACHE_WRITE_1H, CACHE_WRITE_5M, EVENTS, INPUT, quartersADay } from './cube.ts';
import type { Fact } from './event-facts.ts';
import { type Figures, periodOf, selected } from './figures.ts';
import { habitViews } from './habits.ts';
import { modelPrices } from './model-prices.ts';
import { type SeriesRates, seriesRates } from './model-rates.ts';
import { paidBy } from './places.ts';
import type { EfficiencyView, InsightsView } from './protocol/insights.ts';
import type { Scope } from './protocol/scope.ts';
import { ranked } from './ranking.ts';
import { visit } from './selection.ts';
import type { QuarterSpan } from './spans.ts';
import { addTo, amountsAt, type SumTable, sumAt, sumTable, togetherOf } from './sum-table.ts';

const quartersAnHour = 4;

/** The UTC days with requests that a span touches, in order. */
export function factDays({ cube }: Figures, { fromQuarter, toQuarter }: QuarterSpan): readonly number[] {
  return cube.blocks
    .map(({ day }) => day)
    .filter((day) => (day + 1) * quartersADay > fromQuarter && day * quartersADay < toQuarter);
}

/** What the tokens cost and might have cost. Without `facts`, which are still being read, habits are told by the tallies alone. */
export function insightsView(
  figures: Figures,
  ledger: Ledger | undefined,
  prices: PriceList,
  scope: Scope,
  facts: readonly Fact[] | undefined,
): InsightsView {
  const { names, places, settings, cube } = figures;
  const span = periodOf(figures, scope.period);
  const selection = selected(figures, scope.filter);
  const rates = seriesRates(names.series, prices, figures.now);
  const bySeries = sumTable(names.series.length);
  const byTool = sumTable(names.tools.length);
  const paid: number[] = [];
  let quarters = 0;
  let last: number | undefined;
  visit(cube, span, selection, (quarter, series, origin, sums, place) => {
    if ((sums[place + EVENTS] as number) <= 0) return;
    addTo(bySeries, series, sums, place);
    const tool = names.toolOf[origin] as number;
    addTo(byTool, tool, sums, place);
    paid[tool] = (paid[tool] ?? 0) | (places.billingOf[origin] as number);
    if (quarter === last) return;
    quarters += activeQuarters(last, quarter);
    last = quarter;
  });
  const all = togetherOf(bySeries, ranked(bySeries));
  const amounts = amountsAt(all, 0, settings.costSource);
  const counted = (facts ?? []).filter(
    ({ quarter, series, origin }) =>
      quarter >= span.fromQuarter &&
      quarter < span.toQuarter &&
      selection.series[series] === 1 &&
      selection.origins[origin] === 1,
  );
  return {
    span: span.view,
    amounts,
    prices: { version: pricesVersion, date: pricesDate },
    ...modelPrices(figures, prices, bySeries),
    efficiency: {
      cacheShare: amounts.cacheShare,
      missCostNanoUSD: missCost(bySeries, rates),
      activeHours: quarters / quartersAnHour,
      tokensPerActiveHour: quarters === 0 ? null : (amounts.tokens * quartersAnHour) / quarters,
      freshPerRequest: amounts.requests === 0 ? null : amounts.fresh / amounts.requests,
      longRequests: longRequests(figures, counted, amounts.requests),
    },
    habits: habitViews({ figures, span, selection, rates, facts: counted }),
    now: ledger && burnView(figures, ledger, selection),
    billing: ranked(byTool).flatMap((tool) => {
      const id = names.tools[tool];
      if (id === undefined) return [];
      const amounts = amountsAt(byTool, tool, settings.costSource);
      return [{ tool: id, title: toolTitle(id), amounts, paidBy: paidBy(paid[tool] ?? 0) }];
    }),
    ...(facts === undefined ? { filling: true } : {}),
  };
}

/** Null where no model has rates. */
function missCost(bySeries: SumTable, rates: readonly (SeriesRates | undefined)[]): number | null {
  let cost = 0;
  let priced = false;
  for (const series of ranked(bySeries)) {
    const rate = rates[series];
    if (rate === undefined) continue;
    priced = true;
    const more = (column: number, price: number): number =>
      sumAt(bySeries, series, column) * Math.max(0, price - rate.cacheRead);
    cost += more(INPUT, rate.input) + more(CACHE_WRITE_5M, rate.cacheWrite) + more(CACHE_WRITE_1H, rate.cacheWrite1h);
  }
  return priced ? Math.round(cost) : null;
}

function longRequests({ settings }: Figures, facts: readonly Fact[], all: number): EfficiencyView['longRequests'] {
  let requests = 0;
  let costNanoUSD = 0;
  for (const fact of facts) {
    if (fact.kind !== 'long') continue;
    requests += fact.requests;
    costNanoUSD += settings.costSource === 'reported' ? fact.reported : fact.cost;
  }
  return { requests, costNanoUSD, share: all === 0 ? 0 : requests / all };
}
