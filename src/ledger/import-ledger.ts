import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { loadPrices } from '../pricing/price-list.ts';
import type { Batch } from './batch.ts';
import { forgottenIn } from './forgotten.ts';
import type { Ledger } from './ledger.ts';
import { inWords, LedgerError, sqliteReason } from './ledger-error.ts';
import { adoptPrices } from './maintenance.ts';
import { type OpenedDatabase, openReadOnly } from './read-only-database.ts';
import { ORIGIN, rowTotal, SEARCHES, TIME, WIDTH } from './records.ts';
import { takeScanLock } from './scan-lock.ts';
import { checkVersion, migrate } from './schema.ts';
import { batchOfRows } from './stored-rows.ts';
import { writer } from './writer.ts';

/** What came of a file. */
export interface Imported {
  /** Requests in the file. */
  readonly requests: number;
  /** Those of them that the ledger did not know. */
  readonly added: number;
  /** Those that were left out because the ledger was told to forget them. */
  readonly forgotten: number;
}

export interface ImportOptions {
  /** Take in also what the ledger was told to forget. */
  readonly evenForgotten?: boolean;
  /** How long to wait for a scanner to end. */
  readonly waitMs?: number;
}

/**
 * Merges an export, or the ledger of another machine, into the ledger: all of it or, where anything is wrong, nothing. What is
 * known already is not counted again. Throws a `LedgerError` that says what is wrong.
 */
export async function importLedger(ledger: Ledger, file: string, options: ImportOptions = {}): Promise<Imported> {
  const { evenForgotten = false, waitMs = 30_000 } = options;
  if (ledger.file === '') throw new LedgerError(`The ledger cannot be written, so nothing of ${file} was taken in.`);
  const batch = read(ledger, file);
  const prices = await loadPrices();
  const lock = takeScanLock(ledger.dir, waitMs);
  if (lock === undefined) {
    throw new LedgerError(`Another window is reading logs; nothing of ${file} was taken in. Please try again later.`);
  }
  try {
    const isForgotten = evenForgotten ? undefined : forgottenIn(ledger.database);
    const forgotten = isForgotten === undefined ? 0 : countOf(batch, isForgotten);
    const requests = countOf(batch, () => true);
    adoptPrices(ledger);
    const before = requestsIn(ledger);
    const target = writer(ledger, prices, Date.now, () => undefined, isForgotten ?? (() => false));
    target.take(batch);
    target.flush();
    return { requests, added: requestsIn(ledger) - before, forgotten };
  } catch (error) {
    if (sqliteReason(error) === undefined) throw error;
    const sentence = `The ledger could not be written: ${inWords(error)}. Nothing of ${file} was taken in.`;
    throw new LedgerError(sentence, { cause: error });
  } finally {
    lock.release();
  }
}

/** All of a file, from a copy that is of this version whatever the file is of. */
function read(ledger: Ledger, file: string): Batch {
  const source = openSource(ledger, file);
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-'));
  const path = join(folder, 'copy.db');
  let copy: OpenedDatabase | undefined;
  try {
    source.copyTo(path);
    bringUpToDate(path, file);
    copy = openReadOnly(path);
    return batchOfRows({
      series: copy.rows('SELECT * FROM series'),
      origins: copy.rows('SELECT * FROM origin'),
      events: copy.rows('SELECT * FROM event'),
      limits: copy.rows('SELECT * FROM limit_reading'),
    });
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw new LedgerError(`${file} cannot be read: ${inWords(error)}. Nothing of it was taken in.`, { cause: error });
  } finally {
    copy?.close();
    source.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function bringUpToDate(path: string, file: string): void {
  const database = new DatabaseSync(path);
  try {
    checkVersion(database, file);
    migrate(database);
    if (database.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok') {
      throw new LedgerError(`${file} is damaged. Nothing of it was taken in.`);
    }
  } finally {
    database.close();
  }
}

function openSource(ledger: Ledger, file: string): OpenedDatabase {
  const there = statSync(file, { throwIfNoEntry: false });
  if (there === undefined) throw new LedgerError(`${file} is not there.`);
  if (!there.isFile()) throw notALedger(file);
  if (realpathSync(file) === realpathSync(ledger.file)) {
    throw new LedgerError(`${file} is the ledger into which it would be taken.`);
  }
  let source: OpenedDatabase | undefined;
  try {
    source = openReadOnly(file);
    if (isLedger(source)) return source;
  } catch (error) {
    source?.close();
    if (sqliteReason(error) === 'notADatabase') throw notALedger(file);
    throw new LedgerError(`${file} cannot be read: ${inWords(error)}.`, { cause: error });
  }
  source.close();
  throw notALedger(file);
}

function isLedger({ columns }: OpenedDatabase): boolean {
  return (
    columns('event').includes('record_time') &&
    columns('series').includes('tier') &&
    columns('origin').includes('agent') &&
    columns('limit_reading').includes('window_minutes')
  );
}

function notALedger(file: string): LedgerError {
  return new LedgerError(`${file} is neither a ledger of Tokenboard nor an export of one.`);
}

/** Requests of a batch that pass a test. */
function countOf({ records, origins }: Batch, passes: (time: number, project: string) => boolean): number {
  const { data, rows } = records;
  let count = 0;
  for (let place = 0; place < rows * WIDTH; place += WIDTH) {
    if (rowTotal(data, place) === 0 && data[place + SEARCHES] === 0) continue;
    if (passes(data[place + TIME] as number, origins[data[place + ORIGIN] as number]?.project ?? '')) count++;
  }
  return count;
}

function requestsIn({ database }: Ledger): number {
  const row = database
    .prepare(
      `SELECT count(*) AS requests FROM event
       WHERE input + output + cache_read + cache_write_5m + cache_write_1h > 0 OR searches > 0`,
    )
    .get();
  return Number(row?.requests);
}
