import { type ModelTally, quarterMs, type Tally } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { reading } from './damage.ts';
import type { Ledger } from './ledger.ts';
import { sumsAs, sumsOf } from './sum-rows.ts';

/** A span of time, epoch milliseconds; it includes its start, not its end, and both are quarters of an hour. */
export interface Span {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

const sums = sumsAs((column) => `CAST(${column} AS REAL)`);

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
    ...sumsOf(row),
    quarter: row.quarter as number,
    tool: row.tool as ToolId,
    model: row.model as string,
  };
}
