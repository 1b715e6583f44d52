import { mkdirSync, statSync, truncateSync, utimesSync } from 'node:fs';
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

/**
 * Whether no scan has begun for a while; then, if one can begin at all, it counts as begun from now on, so that of many who
 * ask about one is told to see to it.
 */
export function isScanDue(dir: string, afterMs: number): boolean {
  const file = `${dir}/scan.lock`;
  try {
    const begun = statSync(file, { throwIfNoEntry: false });
    if (begun !== undefined && Math.abs(Date.now() - begun.mtimeMs) < afterMs) return false;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    createPrivateFile(file);
    stampScan(file);
    return true;
  } catch {
    return false;
  }
}

/** The file's time tells when a scan began; unlike opening the file, setting it leaves its locks alone. */
function stampScan(file: string): void {
  const now = new Date();
  utimesSync(file, now, now);
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
  try {
    stampScan(file);
  } catch {
    // The file of another user: the lock counts, its time does not matter.
  }
  return { release: () => database.close() };
}
