import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Ledger } from './ledger.ts';
import { isDamage, LedgerError } from './ledger-error.ts';
import { metaTable } from './meta.ts';

const suspicion = 'damage seen';

/** Reads from the ledger. Where it turns out to be damaged, that is noted, and said in a `LedgerError`: the next scan mends it. */
export function reading<Result>(ledger: Ledger, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!isDamage(error) || ledger.file === '') throw error;
    noteSuspicion(ledger.file);
    throw new LedgerError(`The ledger ${ledger.file} is damaged. The next scan builds it anew.`, { cause: error });
  }
}

/** Through a connection of its own, as a ledger may be open only for reading. */
function noteSuspicion(file: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec('PRAGMA busy_timeout = 1000');
    metaTable(database).set(suspicion, new Date().toISOString());
  } catch {
    // Then the scan comes upon the damage itself.
  } finally {
    database?.close();
  }
}

/** Throws what SQLite throws for damage if a reader came upon some. */
export function checkSuspicion({ database }: Ledger): void {
  const seen = metaTable(database).get(suspicion);
  if (seen !== undefined) throw Object.assign(new Error(`damage was seen at ${seen}`), { errcode: 11 });
}

/** Notes that nothing is wrong with the ledger. */
export function clearSuspicion(database: DatabaseSync): void {
  database.prepare('DELETE FROM meta WHERE name = ?').run(suspicion);
}

/** Damaged ledgers that were set aside in the ledger's folder and not yet salvaged, absolute paths. */
export function unsalvaged({ database, dir, file }: Ledger): readonly string[] {
  if (file === '') return [];
  const meta = metaTable(database);
  return readdirSync(dir)
    .filter((name) => /^ledger-damaged-.*\.db$/.test(name) && meta.get(`salvaged ${name}`) === undefined)
    .map((name) => `${dir}/${name}`);
}

/** Notes that all that can be read of a damaged ledger was fetched. */
export function noteSalvaged({ database }: Ledger, path: string): void {
  metaTable(database).set(`salvaged ${path.slice(path.lastIndexOf('/') + 1)}`, new Date().toISOString());
}
