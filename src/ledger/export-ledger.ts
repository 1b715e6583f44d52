import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { eventColumns } from './event-store.ts';
import type { Ledger } from './ledger.ts';
import { inWords, isDamage, LedgerError } from './ledger-error.ts';
import { createPrivateFile } from './private-file.ts';
import { migrate } from './schema.ts';

/** What was written. */
export interface Exported {
  readonly requests: number;
  readonly tokens: number;
  readonly bytes: number;
}

/**
 * Writes all that the ledger counts into a new file that only its user may read. The list of logs and what was to be forgotten
 * stay here. Throws a `LedgerError` where it cannot, or where the file is there and is not to be overwritten.
 */
export function exportLedger(ledger: Ledger, file: string, overwrite = false): Exported {
  if (ledger.file === '') throw new LedgerError('The ledger cannot be opened, so there is nothing to export.');
  checkTarget(ledger, file, overwrite);
  const partial = `${file}.${process.pid}.partial`;
  try {
    createPrivateFile(partial);
    const counted = copy(ledger.file, partial);
    flush(partial);
    // What is left beside an overwritten database would be taken for a part of the new one.
    for (const suffix of overwrite ? ['-wal', '-shm', '-journal'] : []) rmSync(file + suffix, { force: true });
    renameSync(partial, file);
    return { ...counted, bytes: statSync(file).size };
  } catch (error) {
    rmSync(partial, { force: true });
    const sentence = isDamage(error)
      ? `The ledger ${ledger.file} is damaged. The next scan builds it anew.`
      : `${file} could not be written: ${inWords(error)}.`;
    throw new LedgerError(sentence, { cause: error });
  }
}

function checkTarget(ledger: Ledger, file: string, overwrite: boolean): void {
  const folder = dirname(file);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new LedgerError(`${folder} is no folder.`);
  const there = statSync(file, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (!there.isFile()) throw new LedgerError(`${file} is no file that could be overwritten.`);
  if (realpathSync(file) === realpathSync(ledger.file)) {
    throw new LedgerError(`${file} is the ledger itself; please name another file.`);
  }
  if (!overwrite) throw new LedgerError(`${file} is there already; --force overwrites it.`);
}

function copy(from: string, to: string): Omit<Exported, 'bytes'> {
  const database = new DatabaseSync(to);
  try {
    // Whatever goes wrong, the file is thrown away.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000');
    migrate(database);
    const source = pathToFileURL(from);
    source.search = 'mode=ro';
    database.prepare('ATTACH ? AS ledger').run(source.href);
    const indexes = database
      .prepare('SELECT name, sql FROM main.sqlite_schema WHERE type = ? AND sql IS NOT NULL')
      .all('index');
    for (const { name } of indexes) database.exec(`DROP INDEX main.${name}`);
    const columns = [...eventColumns, 'cost', 'aside'];
    const values = columns.map((column) => (column === 'log' ? '0' : column));
    database.exec('BEGIN');
    for (const table of ['series', 'origin', 'tally', 'model_tally', 'limit_reading']) {
      database.exec(`INSERT INTO main.${table} SELECT * FROM ledger.${table}`);
    }
    database.exec(`INSERT INTO main.event (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ledger.event`);
    database.exec("INSERT INTO main.meta SELECT * FROM ledger.meta WHERE name = 'prices'");
    database.exec('COMMIT');
    for (const { sql } of indexes) database.exec(String(sql));
    const row = database
      .prepare(
        `SELECT total(events) AS requests, total(input + output + cache_read + cache_write_5m + cache_write_1h) AS tokens
         FROM main.model_tally`,
      )
      .get();
    return { requests: Number(row?.requests), tokens: Number(row?.tokens) };
  } finally {
    database.close();
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
