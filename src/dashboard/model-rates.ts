import type { PriceList, TokenRates } from '../pricing/price-list.ts';
import type { SeriesName } from './names.ts';

/** What a token of each kind costs in a series, nano-USD. */
export type SeriesRates = Pick<TokenRates, 'input' | 'output' | 'cacheRead' | 'cacheWrite1h'> & {
  /** Of a cache write that is kept for five minutes. */
  readonly cacheWrite: number;
};

/** Today's ordinary rates of each series, in its own tier, by the ledger's id; undefined where no list has them. */
export function seriesRates(
  series: readonly (SeriesName | undefined)[],
  prices: PriceList,
  now: number,
): readonly (SeriesRates | undefined)[] {
  return series.map((one) => one && ratesOf(prices, one, one.tier, now));
}

/** Today's ordinary rates of a model as it was logged. */
export function ratesOf(
  prices: PriceList,
  { model, provider }: Pick<SeriesName, 'model' | 'provider'>,
  tier: string,
  now: number,
): SeriesRates | undefined {
  const rates = prices.ratesOf({ model, provider: provider || undefined, tier: tier || undefined, time: now });
  if (rates === undefined) return undefined;
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = rates;
  return { input, output, cacheRead, cacheWrite: cacheWrite5m, cacheWrite1h };
}
