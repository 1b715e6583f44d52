import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** A row as the list of its columns. */
export type ListRow = readonly unknown[];

/** The rows of a question, one after the other: a third of the time, and less of the memory, that they take as objects. */
export function listRows(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): Iterable<ListRow> {
  return listsOf(database.prepare(sql))(...values);
}

/** The same for a statement that is asked again and again. */
export function listsOf(statement: StatementSync): (...values: SQLInputValue[]) => Iterable<ListRow> {
  statement.setReturnArrays(true);
  return (...values) => rowsOf(statement, values);
}

function* rowsOf(statement: StatementSync, values: readonly SQLInputValue[]): Generator<ListRow, void> {
  held.add(statement);
  try {
    yield* statement.iterate(...values) as unknown as Iterable<ListRow>;
  } finally {
    held.delete(statement);
  }
}

/** Node 22 finalizes a statement that nothing holds, even while its rows are read. */
const held = new Set<StatementSync>();
