import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { clearSuspicion } from './damage.ts';
import { inWords, isDamage, LedgerError, sqliteReason } from './ledger-error.ts';
import { createPrivateFile } from './private-file.ts';
import { salvageForgotten } from './salvage.ts';
import { takeScanLock } from './scan-lock.ts';
import { checkVersion, migrate, schemaVersion, tables } from './schema.ts';

/** A new ledger in place of a damaged one; or the one with which another process has just replaced it. */
export function openReplacement(
  dir: string,
  file: string,
): { readonly database: DatabaseSync; readonly aside?: string } {
  const lock = takeScanLock(dir, 10_000);
  try {
    const replaced = openWhole(file);
    if (replaced !== undefined) return { database: replaced };
    const aside = `${dir}/ledger-damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.db`;
    setAside(file, aside);
    createPrivate(dir, file);
    const database = openFile(file);
    salvageForgotten(database, aside);
    return { database, aside };
  } finally {
    lock?.release();
  }
}

function setAside(file: string, aside: string): void {
  try {
    renameSync(file, aside);
    for (const suffix of ['-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
    }
  } catch (error) {
    const hint = 'Another program may have it open: close all editors and try again.';
    throw new LedgerError(`The ledger ${file} is damaged and cannot be set aside: ${inWords(error)}. ${hint}`, {
      cause: error,
    });
  }
}

/** The ledger, if nothing in it is damaged. Reads all of it. */
function openWhole(file: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = openFile(file);
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
export function openInMemory(file: string): DatabaseSync {
  const database = openFile(':memory:');
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

/** Opens a ledger's file, whose tables it makes if need be. Throws a `LedgerError` for a newer version, else SQLite's error. */
export function openFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY');
    checkVersion(database, file);
    // Nothing can be lost of a new ledger, so its making does not wait for the disk five times.
    if (statSync(file, { throwIfNoEntry: false })?.size === 0) database.exec('PRAGMA synchronous = OFF');
    database.exec('PRAGMA journal_mode = WAL');
    migrate(database);
    database.exec('PRAGMA synchronous = NORMAL');
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
export function createPrivate(dir: string, file: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  createPrivateFile(file);
}
