import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sqliteReason } from './ledger-error.ts';

/** The right to scan; it also ends with the process that holds it, however that ends. */
export interface ScanLock {
  release(): void;
}

/**
 * Takes the right to scan, waiting up to `waitMs` for its holder. It is SQLite's lock on a file of its own, so that the
 * system frees it with its holder. Undefined where another scanner holds it, or where locks cannot be had.
 */
export function takeScanLock(dir: string, waitMs: number): ScanLock | undefined {
  const file = `${dir}/scan.lock`;
  let database: DatabaseSync | undefined;
  try {
    closeSync(openSync(file, 'a', 0o600));
    database = new DatabaseSync(file);
    database.exec(`PRAGMA busy_timeout = ${waitMs}; BEGIN EXCLUSIVE`);
  } catch (error) {
    database?.close();
    if (sqliteReason(error) === 'busy') return undefined;
    throw error;
  }
  const held = database;
  return { release: () => held.close() };
}
