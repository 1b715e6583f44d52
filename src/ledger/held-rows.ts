import type { SQLInputValue, StatementSync } from 'node:sqlite';

/** Node 22 finalizes a statement that nothing holds, even while its rows are read. */
const held = new Set<StatementSync>();

/** The rows of a statement one after the other, however nothing else holds it. */
export function* heldRows(
  statement: StatementSync,
  values: readonly SQLInputValue[],
): Generator<Record<string, unknown>, void> {
  held.add(statement);
  try {
    yield* statement.iterate(...values);
  } finally {
    held.delete(statement);
  }
}
