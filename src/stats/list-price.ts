import type { Sums } from '../usage/tally.ts';
import { totalTokens } from '../usage/usage-event.ts';

/** List price in USD, unrounded; null where no token has a known price, for that is not $0. */
export function listPriceUSD(sums: Sums): number | null {
  const pricedTokens = totalTokens(sums) - sums.unpricedTokens;
  return pricedTokens > 0 || sums.costNanoUSD > 0 ? sums.costNanoUSD / 1e9 : null;
}
