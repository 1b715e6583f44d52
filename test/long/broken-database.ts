import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Random } from '../demo/random.ts';
import { brokenBytes, brokenValue } from './broken-text.ts';
import { oddValue } from './odd-values.ts';

/** Writes a database that is broken: in its bytes, or in what its tables hold. */
export function writeBrokenDatabase(path: string, bytes: Buffer, random: Random): void {
  if (random.chance(0.2)) {
    writeFileSync(path, brokenBytes(bytes, random));
    if (random.chance(0.3)) writeFileSync(`${path}-wal`, brokenBytes(bytes.subarray(0, 5000), random));
    return;
  }
  writeFileSync(path, bytes);
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF');
    for (let change = random.whole(1, 5); change > 0; change--) changeSomething(database, random);
  } finally {
    database.close();
  }
  if (random.chance(0.05)) writeFileSync(`${path}-wal`, Buffer.from('no write-ahead log'));
}

function changeSomething(database: DatabaseSync, random: Random): void {
  const tables = namesOf(database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  const table = oneOf(tables, random);
  if (table === undefined) return;
  const column = oneOf(namesOf(database, 'SELECT name FROM pragma_table_info(?)', table), random);
  if (column === undefined) return;
  try {
    change(database, table, column, random);
  } catch {
    // A constraint, a key column: then this change is not made.
  }
}

function change(database: DatabaseSync, table: string, column: string, random: Random): void {
  // SQLite's own chance would be another one each time that a seed is tried.
  const rows = database.prepare(`SELECT rowid AS place FROM "${table}" ORDER BY rowid LIMIT 1000`).all();
  const place = Number(oneOf(rows, random)?.place ?? 0);
  const cell = `"${table}" WHERE rowid = ${place}`;
  switch (random.whole(0, 9)) {
    case 0:
      database.exec(`ALTER TABLE "${table}" DROP COLUMN "${column}"`);
      return;
    case 1:
      database.exec(`ALTER TABLE "${table}" RENAME COLUMN "${column}" TO "other_${random.whole(1, 9)}"`);
      return;
    case 2:
      database.exec(random.chance(0.3) ? `DROP TABLE "${table}"` : `DELETE FROM ${cell}`);
      return;
    case 3:
      database.exec(
        `DROP TABLE "${table}"; CREATE VIEW "${table}" AS SELECT 1 AS id, '{}' AS data, 1e300 AS time_created`,
      );
      return;
    default: {
      const before = database.prepare(`SELECT CAST("${column}" AS TEXT) AS text FROM ${cell}`).get()?.text;
      database
        .prepare(`UPDATE "${table}" SET "${column}" = ? WHERE rowid = ${place}`)
        .run(oddCell(String(before ?? ''), random));
    }
  }
}

function oddCell(before: string, random: Random): null | number | bigint | string | Uint8Array {
  if (before.startsWith('{') && random.chance(0.7)) return brokenValue(before, random);
  switch (random.whole(0, 5)) {
    case 0:
      return null;
    case 1:
      return random.pick([
        [-1, 1],
        [0, 1],
        [1.5, 1],
        [1e300, 1],
        [Number.POSITIVE_INFINITY, 1],
        [4.2e12, 1],
      ] as const);
    case 2:
      return random.pick([
        [2n ** 63n - 1n, 1],
        [-(2n ** 63n), 1],
        [2n ** 53n + 1n, 1],
      ] as const);
    case 3:
      return new Uint8Array([random.whole(0, 255), 0, 255]);
    default:
      return oddValue(random);
  }
}

function namesOf(database: DatabaseSync, sql: string, ...parameters: string[]): string[] {
  return database
    .prepare(sql)
    .all(...parameters)
    .map(({ name }) => String(name));
}

function oneOf<T>(list: readonly T[], random: Random): T | undefined {
  return list[random.whole(0, list.length - 1)];
}
