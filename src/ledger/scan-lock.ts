import { truncateSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { inWords, isDamage, LedgerError, sqliteReason } from './ledger-error.ts';
import { createPrivateFile } from './private-file.ts';

/** The right to scan; it also ends with the process that holds it, however that ends. */
export interface ScanLock {
  release(): void;
}

/**
 * Takes the right to scan, waiting up to `waitMs` for its holder. It is SQLite's lock on a file of its own, so that the
 * system frees it with its holder. Undefined where another scanner holds it; throws a `LedgerError` where locks cannot be had.
 */
export function takeScanLock(dir: string, waitMs: number): ScanLock | undefined {
  const file = `${dir}/scan.lock`;
  try {
    createPrivateFile(file);
    return take(file, waitMs);
  } catch (error) {
    if (isDamage(error)) {
      // It never holds anything, so what is in it has no business there.
      truncateSync(file);
      return take(file, waitMs);
    }
    throw new LedgerError(`No scan can begin: ${file} cannot be used: ${inWords(error)}.`, { cause: error });
  }
}

function take(file: string, waitMs: number): ScanLock | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${waitMs}; BEGIN EXCLUSIVE`);
  } catch (error) {
    database.close();
    if (sqliteReason(error) === 'busy') return undefined;
    throw error;
  }
  return { release: () => database.close() };
}
