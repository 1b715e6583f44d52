import { type ModelTally, quarterMs, type Tally } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import type { Ledger } from './ledger.ts';

/** A span of time, epoch milliseconds; it includes its start, not its end, and both are quarters of an hour. */
export interface Span {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

const sums = `events, input, output, cache_read, cache_write_5m, cache_write_1h, reasoning, searches, cost, reported,
  unpriced, estimated * (input + output + cache_read + cache_write_5m + cache_write_1h) AS estimated_tokens`;

/** What was consumed in a span, by quarter of an hour and model, in order of time. */
export function modelTallies({ database }: Ledger, span: Span = {}): ModelTally[] {
  const rows = database
    .prepare(
      `SELECT quarter, tool, model, ${sums} FROM model_tally JOIN series ON series.id = model_tally.series
       WHERE quarter >= ? AND quarter < ? ORDER BY quarter`,
    )
    .iterate(...quartersOf(span));
  const tallies: ModelTally[] = [];
  for (const row of rows) tallies.push(modelTally(row));
  return tallies;
}

/** What was consumed in a span, by quarter of an hour, model and session, in order of time. */
export function tallies({ database }: Ledger, span: Span = {}): Tally[] {
  const rows = database
    .prepare(
      `SELECT quarter, series.tool, model, session, project, branch, subagent, ${sums}
       FROM tally JOIN series ON series.id = tally.series JOIN origin ON origin.id = tally.origin
       WHERE quarter >= ? AND quarter < ? ORDER BY quarter`,
    )
    .iterate(...quartersOf(span));
  const found: Tally[] = [];
  for (const row of rows) {
    const { session, project, branch } = row as Record<string, string>;
    found.push({
      ...modelTally(row),
      session: session as string,
      project: project as string,
      branch: branch as string,
      subagent: row.subagent === 1,
    });
  }
  return found;
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
