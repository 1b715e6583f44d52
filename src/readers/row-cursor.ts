import type { ReadOnlyDatabase, Row } from './reader.ts';

/** Where the reading of a table stands whose rows are only added. */
export interface RowCursor {
  /** The last row read, and what told it from others then: as long as they belong together, new rows are behind it. */
  row: number;
  mark: string;
}

export interface RowQuery {
  readonly table: string;
  /** An expression that tells a row from another one that takes its place after a deletion. */
  readonly mark: string;
  /** Expressions with their names: `model, json_extract(data, '$.id') AS id`. */
  readonly select: string;
  readonly where?: string | undefined;
}

export function startRows(): RowCursor {
  return { row: 0, mark: '' };
}

/**
 * The rows of a table behind the last one read, in their order, and moves the cursor behind them. Where the last one was
 * deleted or another one took its place, all rows are given again.
 */
export function* newRows(database: ReadOnlyDatabase, cursor: RowCursor, query: RowQuery): Iterable<Row> {
  const { table, mark, select, where = '1' } = query;
  const from = stands(database, cursor, query) ? cursor.row : 0;
  const last = first(database, `SELECT rowid AS place, ${mark} AS mark FROM ${table} ORDER BY rowid DESC LIMIT 1`);
  const end = Number(last?.place ?? 0);
  yield* database.rows(
    `SELECT ${select} FROM ${table} WHERE rowid > ? AND rowid <= ? AND (${where}) ORDER BY rowid`,
    from,
    end,
  );
  cursor.row = end;
  cursor.mark = markOf(last) ?? '';
}

/** Whether the last row read is still where it was, so that only what is behind it is new. */
export function stands(
  database: ReadOnlyDatabase,
  { row, mark }: RowCursor,
  query: Pick<RowQuery, 'table' | 'mark'>,
): boolean {
  if (row === 0) return false;
  return markOf(first(database, `SELECT ${query.mark} AS mark FROM ${query.table} WHERE rowid = ?`, row)) === mark;
}

/** The first row of a query. */
export function first(
  database: ReadOnlyDatabase,
  sql: string,
  ...parameters: readonly (string | number | null)[]
): Row | undefined {
  return [...database.rows(sql, ...parameters)][0];
}

function markOf(row: Row | undefined): string | undefined {
  return row === undefined ? undefined : String(row.mark);
}
