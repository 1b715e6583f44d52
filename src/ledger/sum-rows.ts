import type { Sums } from '../usage/tally.ts';
import { sumColumns } from './tally-deltas.ts';

type Row = Readonly<Record<string, unknown>>;

const tokens = '(input + output + cache_read + cache_write_5m + cache_write_1h)';

/**
 * The columns that `sumsOf` reads, for tallies joined with their series: each is put into the given SQL, which makes a real
 * number of it. A whole one above 2^53, which only broken logs add up to, could not be read at all.
 */
export function sumsAs(real: (sql: string) => string): string {
  const columns = sumColumns.map((column) => `${real(column)} AS ${column}`);
  return [...columns, `${real(`estimated * ${tokens}`)} AS estimated_tokens`].join(', ');
}

/** The sums in a row. */
export function sumsOf(row: Row): Sums {
  return {
    events: row.events as number,
    input: row.input as number,
    output: row.output as number,
    cacheRead: row.cache_read as number,
    cacheWrite5m: row.cache_write_5m as number,
    cacheWrite1h: row.cache_write_1h as number,
    reasoning: row.reasoning as number,
    webSearches: row.searches as number,
    costNanoUSD: row.cost as number,
    reportedNanoUSD: row.reported as number,
    unpricedTokens: row.unpriced as number,
    estimatedTokens: row.estimated_tokens as number,
  };
}
