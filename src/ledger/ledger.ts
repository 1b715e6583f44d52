import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Machine } from '../readers/reader.ts';
import { clearSuspicion } from './damage.ts';
import { inWords, isDamage, LedgerError, sqliteReason } from './ledger-error.ts';
import { dataDir } from './machine.ts';
import { createPrivateFile } from './private-file.ts';
import { takeScanLock } from './scan-lock.ts';
import { migrate, schemaVersion, tables, versionOf } from './schema.ts';

/** The store of all that was counted on this machine, shared by every window, editor and command of its user. */
export interface Ledger {
  readonly database: DatabaseSync;
  /** Absolute path; empty where it is kept in memory because it cannot be written. */
  readonly file: string;
  /** The folder of the ledger, absolute. */
  readonly dir: string;
  /** What a person should know about it, in sentences. */
  readonly notices: readonly string[];
  /**
   * Sets the file aside if it is damaged, and goes on with a new one, which the next scan fills. Gives the path of the
   * damaged file, or undefined where another process has just replaced it.
   */
  replaceDamaged(): string | undefined;
  close(): void;
}

/**
 * Opens the ledger, or makes it. A damaged file is set aside; one that cannot be written is replaced by a ledger in memory,
 * and both are said in `notices`. Throws a `LedgerError` for a ledger of a newer version.
 */
export function openLedger(machine: Machine): Ledger {
  const dir = dataDir(machine);
  const path = `${dir}/ledger.db`;
  const notices: string[] = [];
  let file = path;
  let database: DatabaseSync | undefined;

  function replaceDamaged(): string | undefined {
    database?.close();
    const replaced = openReplacement(dir, path);
    database = replaced.database;
    if (replaced.aside !== undefined) {
      notices.push(
        `The ledger was damaged. It was set aside as ${replaced.aside}, and is built anew from it and from the logs that are still there.`,
      );
    }
    return replaced.aside;
  }

  try {
    createPrivate(dir, path);
    database = open(path);
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    if (isDamage(error)) replaceDamaged();
    else {
      notices.push(
        `The ledger ${path} cannot be used: ${inWords(error)}. Counting in memory; what is new is not kept.`,
      );
      file = '';
      database = openInMemory(path);
    }
  }
  return {
    get database() {
      return database as DatabaseSync;
    },
    file,
    dir,
    notices,
    replaceDamaged,
    close: () => database?.close(),
  };
}

/** A new ledger in place of a damaged one; or the one with which another process has just replaced it. */
function openReplacement(dir: string, file: string): { readonly database: DatabaseSync; readonly aside?: string } {
  const lock = takeScanLock(dir, 10_000);
  try {
    const replaced = openWhole(file);
    if (replaced !== undefined) return { database: replaced };
    const aside = `${dir}/ledger-damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.db`;
    renameSync(file, aside);
    for (const suffix of ['-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
    }
    createPrivate(dir, file);
    return { database: open(file), aside };
  } finally {
    lock?.release();
  }
}

/** The ledger, if nothing in it is damaged. Reads all of it. */
function openWhole(file: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = open(file);
    if (database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check === 'ok') {
      clearSuspicion(database);
      return database;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  database?.close();
  return undefined;
}

/** A ledger in memory that begins with what the file holds, as far as it can be read. */
function openInMemory(file: string): DatabaseSync {
  const database = open(':memory:');
  if (!existsSync(file)) return database;
  try {
    const url = pathToFileURL(file);
    url.search = 'immutable=1';
    database.prepare('ATTACH ? AS old').run(url.href);
    if (database.prepare('PRAGMA old.user_version').get()?.user_version === schemaVersion) {
      for (const table of tables) database.exec(`INSERT OR IGNORE INTO main.${table} SELECT * FROM old.${table}`);
    }
    database.exec('DETACH old');
  } catch {
    // Unreadable as well: then the logs alone have to do, as the notice says.
  }
  return database;
}

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY');
    const version = versionOf(database);
    if (version > schemaVersion) {
      throw new LedgerError(
        `The ledger ${file} was made by a newer version of Tokenboard (schema ${version}, this one knows ${schemaVersion}). It is left as it is; please update.`,
      );
    }
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    migrate(database);
    checkWritable(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A ledger that can be read but not written is found here rather than in the middle of a scan. */
function checkWritable(database: DatabaseSync): void {
  try {
    database.exec('BEGIN IMMEDIATE; ROLLBACK');
  } catch (error) {
    // Then another process writes it.
    if (sqliteReason(error) !== 'busy') throw error;
  }
}

/** The folder and the file are the user's alone; SQLite gives its companion files the same mode. */
function createPrivate(dir: string, file: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  createPrivateFile(file);
}
