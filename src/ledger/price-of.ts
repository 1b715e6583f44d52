import type { PriceList, Pricer } from '../pricing/price-list.ts';
import type { Names } from './names.ts';
import {
  CACHE_READ,
  CACHE_WRITE_1H,
  CACHE_WRITE_5M,
  INPUT,
  OUTPUT,
  REASONING,
  SEARCHES,
  SERIES,
  TIME,
} from './records.ts';

/** List price of a record in nano-USD; undefined where unpriced. */
export type PriceOf = (data: Float64Array, place: number) => number | undefined;

/** Prices records whose series have the ledger's ids. These are for good once they are committed; `reset` forgets all. */
export function recordPrices(names: Names, prices: PriceList): { readonly priceOf: PriceOf; reset(): void } {
  const pricers = new Map<number, Pricer>();
  const tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 };
  let lastSeries = 0;
  let last: Pricer = () => undefined;

  function pricerOf(series: number): Pricer {
    let pricer = pricers.get(series);
    if (pricer === undefined) {
      const { model, provider, tier } = names.seriesOf(series);
      pricer = prices.pricerOf({ model, provider: provider || undefined, tier: tier || undefined });
      pricers.set(series, pricer);
    }
    return pricer;
  }

  return {
    priceOf(data, place) {
      const series = data[place + SERIES] as number;
      if (series !== lastSeries) {
        last = pricerOf(series);
        lastSeries = series;
      }
      tokens.input = data[place + INPUT] as number;
      tokens.output = data[place + OUTPUT] as number;
      tokens.cacheRead = data[place + CACHE_READ] as number;
      tokens.cacheWrite5m = data[place + CACHE_WRITE_5M] as number;
      tokens.cacheWrite1h = data[place + CACHE_WRITE_1H] as number;
      tokens.reasoning = data[place + REASONING] as number;
      return last(data[place + TIME] as number, tokens, data[place + SEARCHES] as number);
    },
    reset() {
      pricers.clear();
      lastSeries = 0;
    },
  };
}
