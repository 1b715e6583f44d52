import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Machine } from '../readers/reader.ts';
import type { Ledger } from './ledger.ts';
import { inWords, LedgerError } from './ledger-error.ts';
import { dataDir } from './machine.ts';
import { checkVersion, schemaVersion, versionOf } from './schema.ts';

/**
 * Opens the ledger as it stands, only for reading, which takes a few milliseconds; undefined where there is none yet. Throws a
 * `LedgerError` where it cannot be read.
 */
export function openLedgerToRead(machine: Machine): Ledger | undefined {
  const dir = dataDir(machine);
  const file = `${dir}/ledger.db`;
  if (!existsSync(file)) return undefined;
  let database: DatabaseSync | undefined;
  try {
    const open = new DatabaseSync(file, { readOnly: true });
    database = open;
    open.exec('PRAGMA busy_timeout = 20');
    checkVersion(open, file);
    if (versionOf(open) === schemaVersion) {
      return { database: open, file, dir, notices: [], replaceDamaged: () => undefined, close: () => open.close() };
    }
  } catch (error) {
    database?.close();
    if (error instanceof LedgerError) throw error;
    throw new LedgerError(`The ledger ${file} cannot be read: ${inWords(error)}.`, { cause: error });
  }
  // The next scan makes it one of this version.
  database.close();
  return undefined;
}
