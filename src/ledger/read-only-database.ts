import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { ReadOnlyDatabase, Row } from '../readers/reader.ts';
import { heldRows } from './held-rows.ts';
import { sqliteReason } from './ledger-error.ts';
import { unzstd } from './unzstd.ts';

/** Larger databases are not copied where they cannot be read in place. */
const mostCopied = 512 * 1024 * 1024;
const mostUnpacked = 256 * 1024 * 1024;

/** Files that belong to a database, by what is appended to its name: they hold what it does not, or what is to be undone. */
const companions = ['-wal', '-journal'];

/** Size and time of a database as of its files together: what is new is first in the write-ahead log. */
export function databaseStats(path: string, main: Stats): Pick<Stats, 'size' | 'mtimeMs' | 'ino'> {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  return {
    size: main.size + (log?.size ?? 0),
    mtimeMs: Math.max(main.mtimeMs, log?.mtimeMs ?? 0),
    ino: main.ino,
  };
}

export interface OpenedDatabase extends ReadOnlyDatabase {
  /** Writes all that is in it into a new file. */
  copyTo(path: string): void;
  close(): void;
}

/**
 * Opens a tool's database without changing anything about it, its write-ahead log included. Where that cannot be done in
 * place, a private copy is read. Throws SQLite's error where the file is no database, or its tool holds it locked.
 */
export function openReadOnly(path: string): OpenedDatabase {
  const walBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  // SQLite would delete the log of an empty database.
  if (walBytes > 0 && statSync(path).size === 0) throw new Error('the database is empty, its write-ahead log is not');
  // Opened as usual, a database in WAL mode without a log gets two files beside it: `immutable` spares them.
  if (walBytes === 0 && isWalMode(path)) {
    const url = pathToFileURL(path);
    url.searchParams.set('immutable', '1');
    return wrap(new DatabaseSync(url, { readOnly: true }), () => {});
  }
  const small = statSync(path).size + walBytes <= mostCopied;
  // A log without its index belongs to no running program, and reading it would leave an index behind.
  if (small && walBytes > 0 && !existsSync(`${path}-shm`)) return openCopy(path);
  try {
    return wrap(new DatabaseSync(path, { readOnly: true }), () => {});
  } catch (error) {
    // What a program is just writing is not fit to be copied.
    if (!small || sqliteReason(error) === 'busy') throw error;
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

function openCopy(path: string): OpenedDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(path));
    copyFileSync(path, copy);
    for (const suffix of companions) {
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
    }
    return wrap(new DatabaseSync(copy), remove);
  } catch (error) {
    remove();
    throw error;
  }
}

function wrap(database: DatabaseSync, closed: () => void): OpenedDatabase {
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
      const statement = database.prepare(sql);
      // Whole numbers above 2^53 could not be read at all as plain numbers.
      statement.setReadBigInts(true);
      for (const row of heldRows(statement, parameters)) yield plain(row);
    },
    unpacked(bytes) {
      try {
        return unzstd(bytes, { maxOutputLength: mostUnpacked });
      } catch {
        return undefined;
      }
    },
    copyTo(path) {
      // The copy is written by the same connection, which for that time may.
      database.exec('PRAGMA query_only = 0');
      database.prepare('VACUUM INTO ?').run(path);
      database.exec('PRAGMA query_only = 1');
    },
    close() {
      database.close();
      closed();
    },
  };
}

/** A row whose whole numbers are plain numbers, the nearest where there is none. */
function plain(row: Record<string, unknown>): Row {
  for (const [name, value] of Object.entries(row)) if (typeof value === 'bigint') row[name] = Number(value);
  return row as Row;
}
