import type { DatabaseSync } from 'node:sqlite';
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

/** A span, and how finely time is told in it. */
export interface TallySpan extends Span {
  /**
   * The end of the period in which a time lies, a quarter of an hour as well: what was consumed in a period is then one tally,
   * with the first quarter of its use. Without it each quarter stands for itself.
   */
  readonly periodEnd?: ((time: number) => number) | undefined;
}

/** What was consumed in a span, by quarter of an hour and model, in order of time. Throws a `LedgerError` where the ledger is damaged. */
export function modelTallies(ledger: Ledger, span: TallySpan = {}): ModelTally[] {
  return reading(ledger, () => {
    const { database } = ledger;
    const seriesOf = namesIn(database, 'series');
    return rowsIn(database, 'model_tally', ['series'], span).map((row) => modelTally(row, seriesOf(row.series)));
  });
}

/** What was consumed in a span, by quarter of an hour, model and session, in order of time. Throws like `modelTallies`. */
export function tallies(ledger: Ledger, span: TallySpan = {}): Tally[] {
  return reading(ledger, () => {
    const { database } = ledger;
    const seriesOf = namesIn(database, 'series');
    const originOf = namesIn(database, 'origin');
    return rowsIn(database, 'tally', ['series', 'origin'], span).map((row) => {
      const { session, project, branch, subagent } = originOf(row.origin);
      return {
        ...modelTally(row, seriesOf(row.series)),
        session: session as string,
        project: project as string,
        branch: branch as string,
        subagent: subagent === 1,
      };
    });
  });
}

/** The quarters of an hour in which tools that pass a test were used, in order, some more than once. Throws like `modelTallies`. */
export function usedQuarters(ledger: Ledger, counts: (tool: string) => boolean = () => true): readonly number[] {
  return reading(ledger, () => {
    const { database } = ledger;
    const seriesOf = namesIn(database, 'series');
    const rows = database.prepare('SELECT quarter, series FROM model_tally ORDER BY quarter').all();
    return rows.filter((row) => counts(String(seriesOf(row.series).tool))).map(({ quarter }) => Number(quarter));
  });
}

type Row = Readonly<Record<string, unknown>>;

/** Numbers of a tally as real ones: a whole one above 2^53, which only broken logs add up to, could not be read at all. */
const asTheyAre = sumColumns.map((column) => `CAST(${column} AS REAL) AS ${column}`).join(', ');
const summed = sumColumns.map((column) => `total(${column}) AS ${column}`).join(', ');

/** A table's rows in a span, those of a period summed. The database sums them five times as fast as it hands them over. */
function rowsIn(
  database: DatabaseSync,
  table: string,
  keys: readonly string[],
  { since, until, periodEnd }: TallySpan,
): readonly Row[] {
  const from = since === undefined ? 0 : Math.floor(since / quarterMs);
  const to = until === undefined ? Number.MAX_SAFE_INTEGER : Math.ceil(until / quarterMs);
  const names = keys.join(', ');
  if (periodEnd === undefined) {
    const sql = `SELECT quarter, ${names}, ${asTheyAre} FROM ${table} WHERE quarter >= ? AND quarter < ? ORDER BY quarter`;
    return database.prepare(sql).all(from, to);
  }
  const first = database.prepare(`SELECT min(quarter) AS quarter FROM ${table} WHERE quarter >= ? AND quarter < ?`);
  const inPeriod = database.prepare(
    `SELECT min(quarter) AS quarter, ${names}, ${summed} FROM ${table} WHERE quarter >= ? AND quarter < ?
     GROUP BY ${names} ORDER BY 1`,
  );
  const rows: Row[] = [];
  return atOneMoment(database, () => {
    for (let next = from; ; ) {
      const quarter = first.get(next, to)?.quarter;
      if (typeof quarter !== 'number') return rows;
      next = Math.min(to, Math.max(quarter + 1, Math.ceil(periodEnd(quarter * quarterMs) / quarterMs)));
      for (const row of inPeriod.all(quarter, next)) rows.push(row);
    }
  });
}

/** Asks several questions of one and the same state, whatever a scanner writes meanwhile. */
function atOneMoment<Result>(database: DatabaseSync, questions: () => Result): Result {
  if (database.isTransaction) return questions();
  database.exec('BEGIN');
  try {
    return questions();
  } finally {
    if (database.isTransaction) database.exec('COMMIT');
  }
}

/** Names are read once each rather than with every row. */
function namesIn(database: DatabaseSync, table: 'series' | 'origin'): (id: unknown) => Row {
  const names = new Map<unknown, Row>();
  for (const row of database.prepare(`SELECT * FROM ${table}`).all()) names.set(row.id, row);
  const selectOne = database.prepare(`SELECT * FROM ${table} WHERE id = ?`);
  return (id) => {
    // One that a scanner has added since.
    let row = names.get(id);
    if (row === undefined) {
      row = selectOne.get(Number(id)) ?? {};
      names.set(id, row);
    }
    return row;
  };
}

function modelTally(row: Row, series: Row): ModelTally {
  const at = (column: string): number => row[column] as number;
  const total = at('input') + at('output') + at('cache_read') + at('cache_write_5m') + at('cache_write_1h');
  return {
    events: at('events'),
    input: at('input'),
    output: at('output'),
    cacheRead: at('cache_read'),
    cacheWrite5m: at('cache_write_5m'),
    cacheWrite1h: at('cache_write_1h'),
    reasoning: at('reasoning'),
    webSearches: at('searches'),
    costNanoUSD: at('cost'),
    reportedNanoUSD: at('reported'),
    unpricedTokens: at('unpriced'),
    estimatedTokens: series.estimated === 1 ? total : 0,
    quarter: at('quarter'),
    tool: series.tool as ToolId,
    model: series.model as string,
  };
}
