import { field, type Json } from './json.ts';
import type { ReadOnlyDatabase, Row } from './reader.ts';
import { cell, selected } from './row-values.ts';
import { type SeenTotals, seenBefore } from './session-totals.ts';

/** Where the reading of a table of sessions stands whose rows change. */
export interface SessionsCursor {
  /** The latest change read, as the table has it: a number, or a text that orders as times do. */
  since: string | number | null;
  readonly seen: SeenTotals;
}

export interface SessionsQuery {
  readonly table: string;
  /** The column of a row's last change. */
  readonly changed: string;
  readonly wanted: readonly string[];
}

/** What another version of a reader saw goes on; all rows are read again, and tell it again. */
export function startSessions(before: Json | undefined): SessionsCursor {
  return { since: null, seen: seenBefore(field(before, 'seen')) };
}

/** The rows that have changed since the last reading, those of the last moment once more; none where it is another table. */
export function* sessionsSince(
  database: ReadOnlyDatabase,
  cursor: SessionsCursor,
  { table, changed, wanted }: SessionsQuery,
): Iterable<Row> {
  const columns = database.columns(table);
  if (!columns.includes('id') || !columns.includes(changed)) return;
  const from = `SELECT ${selected(columns, wanted)} FROM ${table}`;
  const found =
    cursor.since === null
      ? database.rows(`${from} ORDER BY ${changed}`)
      : database.rows(`${from} WHERE ${changed} >= ? ORDER BY ${changed}`, cursor.since);
  for (const row of found) {
    const value = cell(row, changed);
    if (typeof value === 'string' || typeof value === 'number') cursor.since = value;
    yield row;
  }
}
