import { type ModelTally, quarterMs, type Tally } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { reading } from './damage.ts';
import type { Ledger } from './ledger.ts';
import { sumColumns } from './tally-deltas.ts';

/** A span of time, epoch milliseconds; it includes its start, not its end, and both are quarters of an hour. */
export interface Span {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** As real numbers: a whole one above 2^53, which only broken logs add up to, could not be read at all. */
const sums = `${sumColumns.map((column) => `CAST(${column} AS REAL) AS ${column}`).join(', ')},
  CAST(estimated * (input + output + cache_read + cache_write_5m + cache_write_1h) AS REAL) AS estimated_tokens`;

/** What was consumed in a span, by quarter of an hour and model, in order of time. Throws a `LedgerError` where the ledger is damaged. */
export function modelTallies(ledger: Ledger, span: Span = {}): ModelTally[] {
  const sql = `SELECT quarter, tool, model, ${sums} FROM model_tally JOIN series ON series.id = model_tally.series
    WHERE quarter >= ? AND quarter < ? ORDER BY quarter`;
  return reading(ledger, () =>
    ledger.database
      .prepare(sql)
      .all(...quartersOf(span))
      .map(modelTally),
  );
}

/** What was consumed in a span, by quarter of an hour, model and session, in order of time. Throws like `modelTallies`. */
export function tallies(ledger: Ledger, span: Span = {}): Tally[] {
  const sql = `SELECT quarter, series.tool, model, session, project, branch, subagent, ${sums}
    FROM tally JOIN series ON series.id = tally.series JOIN origin ON origin.id = tally.origin
    WHERE quarter >= ? AND quarter < ? ORDER BY quarter`;
  const rows = reading(ledger, () => ledger.database.prepare(sql).all(...quartersOf(span)));
  return rows.map((row) => ({
    ...modelTally(row),
    session: row.session as string,
    project: row.project as string,
    branch: row.branch as string,
    subagent: row.subagent === 1,
  }));
}

function quartersOf({ since, until }: Span): [number, number] {
  return [
    since === undefined ? 0 : Math.floor(since / quarterMs),
    until === undefined ? Number.MAX_SAFE_INTEGER : Math.ceil(until / quarterMs),
  ];
}

function modelTally(row: Readonly<Record<string, unknown>>): ModelTally {
  return {
    quarter: row.quarter as number,
    tool: row.tool as ToolId,
    model: row.model as string,
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
