import type { DatabaseSync } from 'node:sqlite';
import { loadPrices } from '../pricing/price-list.ts';
import type { Batch } from './batch.ts';
import { noteSalvaged } from './damage.ts';
import type { Ledger } from './ledger.ts';
import { waysInto } from './salvage-file.ts';
import { batchOfRows, type StoredRow as Row } from './stored-rows.ts';
import { writer } from './writer.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2015, 0) / dayMs;

/** Copies what a damaged ledger was told to forget into a new one, before that reads logs which still hold it. */
export function salvageForgotten(database: DatabaseSync, damaged: string): void {
  const insert = database.prepare('INSERT OR IGNORE INTO forgotten (project, since, until) VALUES (?, ?, ?)');
  for (const way of waysInto(damaged)) {
    const { rows, whole } = rowsUntilDamage(way, 'SELECT project, since, until FROM forgotten');
    for (const { project, since, until } of rows) {
      if (typeof project === 'string' && typeof since === 'bigint' && typeof until === 'bigint') {
        insert.run(project, since, until);
      }
    }
    if (whole) return;
  }
}

/**
 * Fetches into a new ledger what can still be read of a damaged one, so that events whose logs are gone are not lost with
 * it. Gives the number of requests fetched; a file that cannot be read at all gives none. Throws SQLite's error where the
 * new ledger cannot be written.
 */
export async function salvage(ledger: Ledger, damaged: string): Promise<number> {
  let found: Batch | undefined;
  for (const way of waysInto(damaged)) {
    found = salvaged(way);
    if (found.records.rows > 0) break;
  }
  const target = writer(ledger, await loadPrices(), Date.now, () => {});
  if (found !== undefined) target.take(found);
  const events = target.flush();
  noteSalvaged(ledger, damaged);
  return events;
}

function salvaged(database: DatabaseSync): Batch {
  const rows = (table: string) => rowsUntilDamage(database, `SELECT * FROM ${table}`).rows;
  return batchOfRows({
    series: rows('series'),
    origins: rows('origin'),
    events: eventRows(database),
    limits: rows('limit_reading'),
  });
}

/** Rows from both ends, and, as damage may stand in several places, of each day from both ends. */
function* eventRows(database: DatabaseSync): Iterable<Row> {
  const forward = rowsUntilDamage(database, 'SELECT * FROM event');
  yield* forward.rows;
  if (forward.whole) return;
  yield* rowsUntilDamage(database, 'SELECT * FROM event ORDER BY time DESC, key DESC').rows;
  for (let day = firstDay; day <= Date.now() / dayMs + 1; day++) {
    const span = [day * dayMs, (day + 1) * dayMs];
    for (const order of ['ASC', 'DESC']) {
      const sql = `SELECT * FROM event WHERE time >= ? AND time < ? ORDER BY time ${order}, key ${order}`;
      const { rows, whole } = rowsUntilDamage(database, sql, span);
      yield* rows;
      if (whole) break;
    }
  }
}

interface Fetched {
  readonly rows: readonly Row[];
  /** There was no damage. */
  readonly whole: boolean;
}

function rowsUntilDamage(database: DatabaseSync, sql: string, parameters: readonly number[] = []): Fetched {
  const rows: Row[] = [];
  try {
    const statement = database.prepare(sql);
    // Damaged numbers may be larger than any that was written.
    statement.setReadBigInts(true);
    held.add(statement);
    for (const row of statement.iterate(...parameters)) rows.push(row);
    return { rows, whole: true };
  } catch {
    // What was read before the damage is all there is from this end.
    return { rows, whole: false };
  } finally {
    held.clear();
  }
}

/** Node 22 finalizes a statement that nothing holds, even while its rows are read. */
const held = new Set<unknown>();
