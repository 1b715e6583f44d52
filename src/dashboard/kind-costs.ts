import { CACHE_READ, CACHE_WRITE_1H, CACHE_WRITE_5M, INPUT, OUTPUT } from './cube.ts';
import type { SeriesRates } from './model-rates.ts';

/** The kinds of tokens in the order in which charts stack them. */
export const kinds = ['output', 'cacheWrite', 'input', 'cacheRead'] as const;

/** The tokens of a row by kind, in the order of `kinds`. */
export function kindTokens(sums: Float64Array, place: number): readonly number[] {
  const at = (column: number): number => sums[place + column] as number;
  return [at(OUTPUT), at(CACHE_WRITE_5M) + at(CACHE_WRITE_1H), at(INPUT), at(CACHE_READ)];
}

/**
 * What a row cost, shared out to its kinds of tokens as the model's ordinary rates weigh them; without rates by their number.
 * Whole nano-USD that add up to the cost.
 */
export function kindCosts(
  sums: Float64Array,
  place: number,
  cost: number,
  rates: SeriesRates | undefined,
): readonly number[] {
  if (cost === 0) return [0, 0, 0, 0];
  const at = (column: number): number => sums[place + column] as number;
  const weights =
    rates === undefined
      ? kindTokens(sums, place)
      : [
          at(OUTPUT) * rates.output,
          at(CACHE_WRITE_5M) * rates.cacheWrite + at(CACHE_WRITE_1H) * rates.cacheWrite1h,
          at(INPUT) * rates.input,
          at(CACHE_READ) * rates.cacheRead,
        ];
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (all === 0) return [cost, 0, 0, 0];
  const shares = weights.map((weight) => Math.floor((cost * weight) / all));
  const rest = cost - shares.reduce((sum, share) => sum + share, 0);
  // What rounding left goes to the largest part, where it weighs least.
  const largest = weights.indexOf(Math.max(...weights));
  return shares.map((share, index) => (index === largest ? share + rest : share));
}
