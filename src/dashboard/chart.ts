import { toolTitle } from '../readers/index.ts';
import { type Bins, binAt, binsOf } from './chart-bins.ts';
import { CACHE_READ, EVENTS, TOKENS } from './cube.ts';
import { costColumn, type Figures, periodOf, projectTitle, selected } from './figures.ts';
import { kindCosts, kinds, kindTokens } from './kind-costs.ts';
import type { SeriesRates } from './model-rates.ts';
import type { ChartSeries, ChartSplit, ChartView } from './protocol/chart.ts';
import type { Scope } from './protocol/scope.ts';
import { visit } from './selection.ts';

const mostSeries = 4;
const fewestActiveDays = 3;

interface Growing {
  readonly tokens: Float64Array;
  readonly fresh: Float64Array;
  readonly cost: Float64Array;
  readonly requests: Float64Array;
}

/** Sums over time; `rates` of the series are needed for the split by kind alone. */
export function chartView(
  figures: Figures,
  scope: Scope,
  split: ChartSplit,
  rates: readonly (SeriesRates | undefined)[] = [],
): ChartView {
  const span = periodOf(figures, scope.period);
  const bins = binsOf(span, figures.clock);
  const all = growing(bins);
  const groups = new Map<number, Growing>();
  const money = costColumn(figures);
  const groupOf = grouping(figures, split);
  let bin = 0;
  visit(figures.cube, span, selected(figures, scope.filter), (quarter, series, origin, sums, place) => {
    bin = binAt(bins, quarter, bin);
    const tokens = sums[place + TOKENS] as number;
    const fresh = tokens - (sums[place + CACHE_READ] as number);
    const cost = sums[place + money] as number;
    const requests = sums[place + EVENTS] as number;
    grow(all, bin, tokens, fresh, cost, requests);
    if (split === 'kind') {
      const costs = kindCosts(sums, place, cost, rates[series]);
      kindTokens(sums, place).forEach((count, kind) => {
        grow(groupIn(groups, kind, bins), bin, count, kinds[kind] === 'cacheRead' ? 0 : count, costs[kind] ?? 0, 0);
      });
    } else grow(groupIn(groups, groupOf(series, origin), bins), bin, tokens, fresh, cost, requests);
  });
  return {
    span: span.view,
    grain: bins.grain,
    bins: bins.bins,
    series: split === 'kind' ? kindSeries(groups, bins) : seriesOf(figures, split, groups, bins),
    medianActiveDay: bins.grain === 'day' ? medians(all) : undefined,
  };
}

/** By which number rows are told apart. */
function grouping({ names, places }: Figures, split: ChartSplit): (series: number, origin: number) => number {
  switch (split) {
    case 'model':
      return (series) => names.series[series]?.modelIndex ?? 0;
    case 'project':
      return (_, origin) => names.projectOf[origin] as number;
    case 'account':
      return (_, origin) => places.accountOf[names.projectOf[origin] as number] as number;
    default:
      return (_, origin) => names.toolOf[origin] as number;
  }
}

function nameOf(figures: Figures, split: ChartSplit, group: number): Pick<ChartSeries, 'id' | 'title'> {
  const { names, places } = figures;
  if (split === 'model') return { id: names.models[group] ?? '', title: names.models[group] ?? '' };
  if (split === 'account') return { id: places.accounts[group] ?? '', title: places.accounts[group] ?? '' };
  if (split === 'project') {
    const folder = names.projects[group] ?? '';
    return { id: folder, title: projectTitle(figures, folder) };
  }
  const tool = names.tools[group];
  return { id: tool ?? '', title: tool === undefined ? '' : toolTitle(tool) };
}

/** The largest by tokens; all others together, if there are any. */
function seriesOf(
  figures: Figures,
  split: ChartSplit,
  groups: ReadonlyMap<number, Growing>,
  bins: Bins,
): ChartSeries[] {
  const order = [...groups].sort((a, b) => total(b[1].tokens) - total(a[1].tokens) || a[0] - b[0]);
  const named = order.slice(0, mostSeries).map(([group, sums]) => seriesView(nameOf(figures, split, group), sums));
  const rest = order.slice(mostSeries);
  if (rest.length === 0) return named;
  const other = growing(bins);
  for (const [, { tokens, fresh, cost, requests }] of rest) {
    for (let bin = 0; bin < bins.bins.length; bin++) {
      grow(other, bin, at(tokens, bin), at(fresh, bin), at(cost, bin), at(requests, bin));
    }
  }
  return [...named, seriesView({ id: 'other', title: '' }, other)];
}

function kindSeries(groups: ReadonlyMap<number, Growing>, bins: Bins): ChartSeries[] {
  return kinds.map((id, kind) => seriesView({ id, title: '' }, groups.get(kind) ?? growing(bins)));
}

function seriesView(name: Pick<ChartSeries, 'id' | 'title'>, sums: Growing): ChartSeries {
  return {
    ...name,
    tokens: [...sums.tokens],
    fresh: [...sums.fresh],
    cost: [...sums.cost],
    requests: [...sums.requests],
  };
}

/** Medians over the days with requests; of very few they would tell nothing. */
function medians(all: Growing): ChartView['medianActiveDay'] {
  const active = [...all.requests.keys()].filter((bin) => at(all.requests, bin) > 0);
  if (active.length < fewestActiveDays) return undefined;
  const of = (values: Float64Array): number => median(active.map((bin) => at(values, bin)));
  return { tokens: of(all.tokens), fresh: of(all.fresh), cost: of(all.cost), requests: of(all.requests) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] ?? 0)) / 2;
}

function growing({ bins: { length } }: Bins): Growing {
  return {
    tokens: new Float64Array(length),
    fresh: new Float64Array(length),
    cost: new Float64Array(length),
    requests: new Float64Array(length),
  };
}

function groupIn(groups: Map<number, Growing>, group: number, bins: Bins): Growing {
  let found = groups.get(group);
  if (found === undefined) {
    found = growing(bins);
    groups.set(group, found);
  }
  return found;
}

function grow(into: Growing, bin: number, tokens: number, fresh: number, cost: number, requests: number): void {
  into.tokens[bin] = at(into.tokens, bin) + tokens;
  into.fresh[bin] = at(into.fresh, bin) + fresh;
  into.cost[bin] = at(into.cost, bin) + cost;
  into.requests[bin] = at(into.requests, bin) + requests;
}

function at(values: Float64Array, bin: number): number {
  return values[bin] ?? 0;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
