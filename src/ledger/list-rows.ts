import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { heldRows } from './held-rows.ts';

/** A row as the list of its columns. */
export type ListRow = readonly unknown[];

/** The rows of a question, one after the other: a third of the time, and less of the memory, that they take as objects. */
export function listRows(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): Iterable<ListRow> {
  return listsOf(database.prepare(sql))(...values);
}

/** The same for a statement that is asked again and again. */
export function listsOf(statement: StatementSync): (...values: SQLInputValue[]) => Iterable<ListRow> {
  statement.setReturnArrays(true);
  return (...values) => heldRows(statement, values) as Iterable<unknown> as Iterable<ListRow>;
}
