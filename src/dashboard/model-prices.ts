import type { PriceList } from '../pricing/price-list.ts';
import { CACHE_READ, CACHE_WRITE_1H, CACHE_WRITE_5M, INPUT, OUTPUT, TOKENS, WIDTH } from './cube.ts';
import type { Figures } from './figures.ts';
import { ratesOf, type SeriesRates } from './model-rates.ts';
import type { InsightsView, ModelPriceRow } from './protocol/insights.ts';
import { ranked } from './ranking.ts';
import { addTo, amountsAt, type SumTable, sumAt, sumTable } from './sum-table.ts';

/** Compared with where they are not used themselves. */
const common = [
  'claude-opus-4-5',
  'claude-sonnet-4-5',
  'claude-haiku-4-5',
  'gpt-5.1',
  'gpt-5-mini',
  'gemini-3-pro-preview',
  'gemini-2.5-flash',
];
const mostUsed = 6;
const mostOthers = 10;

/** nano-USD a token in USD a million tokens. */
const perMillion = 1e-3;

/** What each model cost, and what its tokens would have cost on others, at today's ordinary rates. `bySeries` has the ledger's ids. */
export function modelPrices(
  figures: Figures,
  prices: PriceList,
  bySeries: SumTable,
): Pick<InsightsView, 'models' | 'others'> {
  const { names, settings, now } = figures;
  const models = sumTable(names.models.length);
  const largest = new Map<number, number>();
  for (const series of ranked(bySeries)) {
    const model = names.series[series]?.modelIndex ?? 0;
    addTo(models, model, bySeries.data, series * WIDTH);
    if (!largest.has(model)) largest.set(model, series);
  }
  const ratesOfModel = (model: number): SeriesRates | undefined => {
    const series = names.series[largest.get(model) ?? -1];
    return series && ratesOf(prices, series, '', now);
  };
  const order = ranked(models);
  const used = order.slice(0, mostUsed).flatMap((model) => comparable(names.models[model] ?? '', ratesOfModel(model)));
  const usual = common
    .filter((model) => !used.some((one) => one.model === model))
    .flatMap((model) => comparable(model, ratesOf(prices, { model, provider: '' }, '', now)));
  const others = [...used, ...usual].slice(0, mostOthers);
  const rows = order.map((model): ModelPriceRow => {
    const rates = ratesOfModel(model);
    return {
      model: names.models[model] ?? '',
      amounts: amountsAt(models, model, settings.costSource),
      rates: rates && {
        input: rates.input * perMillion,
        output: rates.output * perMillion,
        cacheRead: rates.cacheRead * perMillion,
        cacheWrite: rates.cacheWrite * perMillion,
      },
      elsewhere: others.map((other) => costOn(models, model, other.rates)),
    };
  });
  return {
    models: rows.filter((_, index) => sumAt(models, order[index] ?? 0, TOKENS) > 0),
    others: others.map(({ model }, index) => ({
      model,
      costNanoUSD: rows.reduce((sum, row) => sum + (row.elsewhere[index] ?? 0), 0),
    })),
  };
}

function comparable(model: string, rates: SeriesRates | undefined): readonly { model: string; rates: SeriesRates }[] {
  return rates === undefined || rates.input <= 0 ? [] : [{ model, rates }];
}

/** What a group's tokens cost at some rates, whole nano-USD. */
function costOn(table: SumTable, group: number, rates: SeriesRates): number {
  const at = (column: number): number => sumAt(table, group, column);
  return Math.round(
    at(INPUT) * rates.input +
      at(OUTPUT) * rates.output +
      at(CACHE_READ) * rates.cacheRead +
      at(CACHE_WRITE_5M) * rates.cacheWrite +
      at(CACHE_WRITE_1H) * rates.cacheWrite1h,
  );
}
