import type { DatabaseSync } from 'node:sqlite';
import type { Sums } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { andCounted } from './counted-series.ts';
import type { Ledger } from './ledger.ts';
import { sumsAs, sumsOf } from './sum-rows.ts';

/** All that was consumed in a session of a tool. */
export function sessionSums({ database }: Ledger, tool: ToolId, session: string): Sums {
  return originSums(database, true, 'tool = ? AND session = ?', tool, session);
}

/** All that was consumed by the origins that meet a condition, with or without what is estimated. */
export function originSums(
  database: DatabaseSync,
  estimates: boolean,
  condition: string,
  ...values: readonly (string | number)[]
): Sums {
  const sums = sumsAs((column) => `total(${column})`);
  const from = 'tally JOIN series ON series.id = tally.series';
  const sql = `SELECT ${sums} FROM ${from} WHERE origin IN (SELECT id FROM origin WHERE ${condition}) ${andCounted(estimates)}`;
  // A question for totals always has one row.
  return sumsOf(database.prepare(sql).get(...values) ?? {});
}
