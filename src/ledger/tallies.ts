import type { DatabaseSync } from 'node:sqlite';
import { type ModelTally, quarterMs, type Tally } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { andCounted } from './counted-series.ts';
import { reading } from './damage.ts';
import type { Ledger } from './ledger.ts';
import { type ListRow, listRows, listsOf } from './list-rows.ts';
import { sumColumns } from './tally-deltas.ts';

/** A span of time, epoch milliseconds; it includes its start, not its end, and both are quarters of an hour. */
export interface Span {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** A span, how finely time is told in it, and what counts. */
export interface TallySpan extends Span {
  /**
   * The end of the period in which a time lies, a quarter of an hour as well: what was consumed in a period is then one tally,
   * with the first quarter of its use. Without it each quarter stands for itself.
   */
  readonly periodEnd?: ((time: number) => number) | undefined;
  /** False leaves out what is estimated. */
  readonly estimates?: boolean | undefined;
}

/** What was consumed in a span, by quarter of an hour and model, in order of time. Throws a `LedgerError` where the ledger is damaged. */
export function modelTallies(ledger: Ledger, span: TallySpan = {}): ModelTally[] {
  return reading(ledger, () => {
    const { database } = ledger;
    const seriesOf = namesIn(database, 'series', seriesColumns);
    return rowsIn(database, 'model_tally', ['series'], span, (row) => modelTally(row, 2, seriesOf(row[1])));
  });
}

/** What was consumed in a span, by quarter of an hour, model and session, in order of time. Throws like `modelTallies`. */
export function tallies(ledger: Ledger, span: TallySpan = {}): Tally[] {
  return reading(ledger, () => {
    const { database } = ledger;
    const seriesOf = namesIn(database, 'series', seriesColumns);
    const originOf = namesIn(database, 'origin', 'session, project, branch, subagent');
    return rowsIn(database, 'tally', ['series', 'origin'], span, (row) => {
      const [, session, project, branch, subagent] = originOf(row[2]);
      return {
        ...modelTally(row, 3, seriesOf(row[1])),
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
    const seriesOf = namesIn(database, 'series', seriesColumns);
    const quarters: number[] = [];
    for (const [quarter, series] of listRows(database, 'SELECT quarter, series FROM model_tally ORDER BY quarter')) {
      if (counts(String(seriesOf(series)[1]))) quarters.push(Number(quarter));
    }
    return quarters;
  });
}

const seriesColumns = 'tool, model, estimated';

/** Numbers of a tally as real ones: a whole one above 2^53, which only broken logs add up to, could not be read at all. */
const asTheyAre = sumColumns.map((column) => `CAST(${column} AS REAL) AS ${column}`).join(', ');
const summed = sumColumns.map((column) => `total(${column}) AS ${column}`).join(', ');

/** What is made of a table's rows in a span, those of a period summed. The database sums them five times as fast as it hands them over. */
function rowsIn<Made>(
  database: DatabaseSync,
  table: string,
  keys: readonly string[],
  { since, until, periodEnd, estimates = true }: TallySpan,
  make: (row: ListRow) => Made,
): Made[] {
  const from = since === undefined ? 0 : Math.floor(since / quarterMs);
  const to = until === undefined ? Number.MAX_SAFE_INTEGER : Math.ceil(until / quarterMs);
  const names = keys.join(', ');
  const inSpan = `quarter >= ? AND quarter < ? ${andCounted(estimates)}`;
  const made: Made[] = [];
  return atOneMoment(database, () => {
    if (periodEnd === undefined) {
      const sql = `SELECT quarter, ${names}, ${asTheyAre} FROM ${table} WHERE ${inSpan} ORDER BY quarter`;
      for (const row of listRows(database, sql, from, to)) made.push(make(row));
      return made;
    }
    const first = database.prepare(`SELECT min(quarter) AS quarter FROM ${table} WHERE ${inSpan}`);
    const inPeriod = listsOf(
      database.prepare(
        `SELECT min(quarter) AS quarter, ${names}, ${summed} FROM ${table} WHERE ${inSpan}
         GROUP BY ${names} ORDER BY 1`,
      ),
    );
    for (let next = from; ; ) {
      const quarter = first.get(next, to)?.quarter;
      if (typeof quarter !== 'number') return made;
      next = Math.min(to, Math.max(quarter + 1, Math.ceil(periodEnd(quarter * quarterMs) / quarterMs)));
      for (const row of inPeriod(quarter, next)) made.push(make(row));
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

/** Names by their id, the id first: they are read once each rather than with every row. */
function namesIn(database: DatabaseSync, table: 'series' | 'origin', columns: string): (id: unknown) => ListRow {
  const names: ListRow[] = [];
  const select = `SELECT id, ${columns} FROM ${table}`;
  for (const row of listRows(database, select)) names[Number(row[0])] = row;
  return (id) => {
    // One that a scanner has added since.
    names[Number(id)] ??= [...listRows(database, `${select} WHERE id = ?`, Number(id))][0] ?? [];
    return names[Number(id)] ?? [];
  };
}

/** A row's sums begin at a place behind its keys, in the order of `sumColumns`. */
function modelTally(row: ListRow, place: number, [, tool, model, estimated]: ListRow): ModelTally {
  const at = (column: number): number => row[place + column] as number;
  const [input, output, cacheRead, cacheWrite5m, cacheWrite1h] = [at(1), at(2), at(3), at(4), at(5)];
  return {
    events: at(0),
    input,
    output,
    cacheRead,
    cacheWrite5m,
    cacheWrite1h,
    reasoning: at(6),
    webSearches: at(7),
    costNanoUSD: at(8),
    reportedNanoUSD: at(9),
    unpricedTokens: at(10),
    estimatedTokens: estimated === 1 ? input + output + cacheRead + cacheWrite5m + cacheWrite1h : 0,
    quarter: row[0] as number,
    tool: tool as ToolId,
    model: model as string,
  };
}
