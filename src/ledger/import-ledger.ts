import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Batch } from './batch.ts';
import type { Forgets } from './forgotten.ts';
import type { Ledger } from './ledger.ts';
import { inWords, LedgerError, sqliteReason } from './ledger-error.ts';
import { type OpenedDatabase, openReadOnly } from './read-only-database.ts';
import { ORIGIN, rowTotal, SEARCHES, TIME, WIDTH } from './records.ts';
import { checkVersion, migrate } from './schema.ts';
import { batchesOfRows } from './stored-rows.ts';
import { checkWritable, type Imported, type ImportOptions, takeIn } from './take-in.ts';

/**
 * Merges an export, or the ledger of another machine, into the ledger: all of it or, where anything is wrong, nothing. What is
 * known already is not counted again. Throws a `LedgerError` that says what is wrong.
 */
export async function importLedger(ledger: Ledger, file: string, options: ImportOptions = {}): Promise<Imported> {
  checkWritable(ledger, file);
  const source = openCopy(ledger, file);
  try {
    return await takeIn(ledger, file, { batches: batchesIn(source, file), countOf, countIn: requestsIn }, options);
  } finally {
    source.close();
  }
}

/** A file's requests, read as they are asked for. */
function* batchesIn({ rows }: OpenedDatabase, file: string): Iterable<Batch> {
  try {
    yield* batchesOfRows({
      series: rows('SELECT * FROM series'),
      origins: rows('SELECT * FROM origin'),
      events: rows('SELECT * FROM event'),
      limits: rows('SELECT * FROM limit_reading'),
    });
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** A copy that is of this version whatever the file is of. */
function openCopy(ledger: Ledger, file: string): OpenedDatabase {
  const source = openSource(ledger, file);
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'copy.db');
    source.copyTo(path);
    bringUpToDate(path, file);
    const copy = openReadOnly(path);
    return {
      ...copy,
      close() {
        copy.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw unreadable(file, error);
  } finally {
    source.close();
  }
}

function unreadable(file: string, error: unknown): LedgerError {
  if (error instanceof LedgerError) return error;
  return new LedgerError(`${file} cannot be read: ${inWords(error)}. Nothing of it was taken in.`, { cause: error });
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
function countOf({ records, origins }: Batch, passes: Forgets): number {
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
