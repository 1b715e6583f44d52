import type { DatabaseSync } from 'node:sqlite';
import type { Sums } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import type { Ledger } from './ledger.ts';

/** All that was consumed in a session of a tool. */
export function sessionSums({ database }: Ledger, tool: ToolId, session: string): Sums {
  return originSums(database, 'tool = ? AND session = ?', tool, session);
}

/** All that was consumed by the origins that meet a condition. */
export function originSums(database: DatabaseSync, condition: string, ...values: readonly (string | number)[]): Sums {
  const row = database
    .prepare(
      `SELECT total(events) AS events, total(input) AS input, total(output) AS output, total(cache_read) AS cache_read,
       total(cache_write_5m) AS cache_write_5m, total(cache_write_1h) AS cache_write_1h, total(reasoning) AS reasoning,
       total(searches) AS searches, total(cost) AS cost, total(reported) AS reported, total(unpriced) AS unpriced,
       total(estimated * (input + output + cache_read + cache_write_5m + cache_write_1h)) AS estimated
       FROM tally JOIN series ON series.id = tally.series WHERE origin IN (SELECT id FROM origin WHERE ${condition})`,
    )
    .get(...values);
  const sum = (column: string): number => Number(row?.[column] ?? 0);
  return {
    events: sum('events'),
    input: sum('input'),
    output: sum('output'),
    cacheRead: sum('cache_read'),
    cacheWrite5m: sum('cache_write_5m'),
    cacheWrite1h: sum('cache_write_1h'),
    reasoning: sum('reasoning'),
    webSearches: sum('searches'),
    costNanoUSD: sum('cost'),
    reportedNanoUSD: sum('reported'),
    unpricedTokens: sum('unpriced'),
    estimatedTokens: sum('estimated'),
  };
}
