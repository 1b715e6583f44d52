import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { ReadOnlyDatabase, Row } from '../readers/reader.ts';

/** Larger databases are not copied where they cannot be read in place. */
const mostCopied = 512 * 1024 * 1024;

/**
 * Opens a tool's database without changing anything about it, its write-ahead log included. Where its folder is read-only
 * and a write-ahead log is there, a private copy of both is read. Throws SQLite's error where the file is no database.
 */
export function openReadOnly(path: string): ReadOnlyDatabase & { close(): void } {
  const walBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  // Opened as usual, a database in WAL mode without a log gets two files beside it: `immutable` spares them.
  if (walBytes === 0 && isWalMode(path)) {
    const url = pathToFileURL(path);
    url.searchParams.set('immutable', '1');
    return wrap(new DatabaseSync(url, { readOnly: true }), () => {});
  }
  try {
    return wrap(new DatabaseSync(path, { readOnly: true }), () => {});
  } catch (error) {
    if (statSync(path).size + walBytes > mostCopied) throw error;
    return openCopy(path);
  }
}

/** The file format's read version, byte 19 of the header, is 2 in WAL mode. */
function isWalMode(path: string): boolean {
  const header = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    return readSync(file, header, 0, 20, 0) === 20 && header[19] === 2;
  } finally {
    closeSync(file);
  }
}

function openCopy(path: string): ReadOnlyDatabase & { close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(path));
    copyFileSync(path, copy);
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
    return wrap(new DatabaseSync(copy), remove);
  } catch (error) {
    remove();
    throw error;
  }
}

function wrap(database: DatabaseSync, closed: () => void): ReadOnlyDatabase & { close(): void } {
  try {
    database.exec('PRAGMA query_only = 1; PRAGMA busy_timeout = 2000; SELECT 1 FROM sqlite_master LIMIT 1');
  } catch (error) {
    database.close();
    closed();
    throw error;
  }
  return {
    columns(table) {
      return database
        .prepare('SELECT name FROM pragma_table_info(?)')
        .all(table)
        .map((row) => String(row.name));
    },
    *rows(sql, ...parameters) {
      yield* database.prepare(sql).iterate(...parameters) as Iterable<Row>;
    },
    close() {
      database.close();
      closed();
    },
  };
}
