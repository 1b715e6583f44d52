import type { PriceList } from '../pricing/price-list.ts';
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
export function priceOf(data: Float64Array, place: number, names: Names, prices: PriceList): number | undefined {
  const { model, provider, tier } = names.seriesOf(data[place + SERIES] as number);
  const at = (column: number): number => data[place + column] as number;
  return prices.costNanoUSD({
    model,
    provider: provider || undefined,
    tier: tier || undefined,
    time: at(TIME),
    tokens: {
      input: at(INPUT),
      output: at(OUTPUT),
      cacheRead: at(CACHE_READ),
      cacheWrite5m: at(CACHE_WRITE_5M),
      cacheWrite1h: at(CACHE_WRITE_1H),
      reasoning: at(REASONING),
    },
    webSearches: at(SEARCHES),
  });
}
