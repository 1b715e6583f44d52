import type { DatabaseSync } from 'node:sqlite';
import { loadPrices } from '../pricing/price-list.ts';
import { noteSalvaged } from './damage.ts';
import { heldRows } from './held-rows.ts';
import type { Ledger } from './ledger.ts';
import { waysInto } from './salvage-file.ts';
import { batchesOfRows, type StoredRow as Row } from './stored-rows.ts';
import { writer } from './writer.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2015, 0) / dayMs;

/** Copies what a damaged ledger was told to forget into a new one, before that reads logs which still hold it. */
export function salvageForgotten(database: DatabaseSync, damaged: string): void {
  const insert = database.prepare('INSERT OR IGNORE INTO forgotten (project, since, until) VALUES (?, ?, ?)');
  for (const way of waysInto(damaged)) {
    const rows = rowsUntilDamage(way, 'SELECT project, since, until FROM forgotten');
    for (let next = rows.next(); ; next = rows.next()) {
      if (next.done === true) {
        if (next.value) return;
        break;
      }
      const { project, since, until } = next.value;
      if (typeof project === 'string' && typeof since === 'bigint' && typeof until === 'bigint') {
        insert.run(project, since, until);
      }
    }
  }
}

/**
 * Fetches into a new ledger what can still be read of a damaged one, so that events whose logs are gone are not lost with
 * it. Gives the number of requests fetched; a file that cannot be read at all gives none. Throws SQLite's error where the
 * new ledger cannot be written.
 */
export async function salvage(ledger: Ledger, damaged: string): Promise<number> {
  const target = writer(ledger, await loadPrices(), Date.now, () => {});
  let found = 0;
  let events = 0;
  for (const way of waysInto(damaged)) {
    const rows = (table: string) => rowsUntilDamage(way, `SELECT * FROM ${table}`);
    const tables = {
      series: rows('series'),
      origins: rows('origin'),
      events: eventRows(way),
      limits: rows('limit_reading'),
    };
    // Not in one transaction: what is fetched a second time changes nothing.
    for (const batch of batchesOfRows(tables)) {
      found += batch.records.rows;
      target.take(batch);
      events += target.flush();
    }
    if (found > 0) break;
  }
  noteSalvaged(ledger, damaged);
  return events;
}

/** Rows from both ends, and, as damage may stand in several places, of each day from both ends. */
function* eventRows(database: DatabaseSync): Generator<Row, void> {
  if (yield* rowsUntilDamage(database, 'SELECT * FROM event')) return;
  yield* rowsUntilDamage(database, 'SELECT * FROM event ORDER BY time DESC, key DESC');
  for (let day = firstDay; day <= Date.now() / dayMs + 1; day++) {
    const span = [day * dayMs, (day + 1) * dayMs];
    for (const order of ['ASC', 'DESC']) {
      const sql = `SELECT * FROM event WHERE time >= ? AND time < ? ORDER BY time ${order}, key ${order}`;
      if (yield* rowsUntilDamage(database, sql, span)) break;
    }
  }
}

/** Gives whether there was no damage. What was read before the damage is all there is from this end. */
function* rowsUntilDamage(
  database: DatabaseSync,
  sql: string,
  parameters: readonly number[] = [],
): Generator<Row, boolean> {
  let rows: Iterator<Row> | undefined;
  for (;;) {
    let next: IteratorResult<Row, unknown>;
    try {
      rows ??= exactRows(database, sql, parameters);
      next = rows.next();
    } catch {
      return false;
    }
    if (next.done === true) return true;
    yield next.value;
  }
}

function exactRows(database: DatabaseSync, sql: string, parameters: readonly number[]): Iterator<Row> {
  const statement = database.prepare(sql);
  // Damaged numbers may be larger than any that was written.
  statement.setReadBigInts(true);
  return heldRows(statement, parameters);
}
