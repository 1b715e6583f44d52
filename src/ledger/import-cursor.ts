import { readFileSync, statSync } from 'node:fs';
import { loadPrices } from '../pricing/price-list.ts';
import { cursor } from '../readers/cursor.ts';
import { cursorAccount, cursorUsageFile } from '../readers/cursor-usage-file.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import { batchBuilder } from './batch.ts';
import { forgottenIn } from './forgotten.ts';
import type { Imported, ImportOptions } from './import-ledger.ts';
import type { Ledger } from './ledger.ts';
import { inWords, LedgerError, sqliteReason } from './ledger-error.ts';
import { adoptPrices } from './maintenance.ts';
import { takeScanLock } from './scan-lock.ts';
import { writer } from './writer.ts';

const mostBytes = 256 * 1024 * 1024;

/**
 * Takes in the usage file (CSV) of a Cursor account. It has every request of its days, so what Cursor's own database tells of
 * them no longer counts. What is known already is not counted again. Throws a `LedgerError` that says what is wrong.
 */
export async function importCursor(ledger: Ledger, file: string, options: ImportOptions = {}): Promise<Imported> {
  const { evenForgotten = false, waitMs = 30_000 } = options;
  if (ledger.file === '') throw new LedgerError(`The ledger cannot be written, so nothing of ${file} was taken in.`);
  const events = read(file);
  const prices = await loadPrices();
  const lock = takeScanLock(ledger.dir, waitMs);
  if (lock === undefined) {
    throw new LedgerError(`Another window is reading logs; nothing of ${file} was taken in. Please try again later.`);
  }
  try {
    const isForgotten = evenForgotten ? undefined : forgottenIn(ledger.database);
    const batch = batchBuilder();
    const sane = events.filter((event) => batch.add(event, cursor.id, 0, cursor.version));
    const forgotten = sane.filter(({ time }) => isForgotten?.(time) === true).length;
    adoptPrices(ledger);
    const before = accountRequests(ledger);
    const target = writer(ledger, prices, Date.now, () => undefined, isForgotten ?? (() => false));
    target.take(batch.finish([]));
    target.flush();
    return { requests: sane.length, added: accountRequests(ledger) - before, forgotten };
  } catch (error) {
    if (sqliteReason(error) === undefined) throw error;
    const sentence = `The ledger could not be written: ${inWords(error)}. Nothing of ${file} was taken in.`;
    throw new LedgerError(sentence, { cause: error });
  } finally {
    lock.release();
  }
}

function accountRequests({ database }: Ledger): number {
  const sql =
    "SELECT count(*) AS requests FROM event WHERE series IN (SELECT id FROM series WHERE tool = 'cursor' AND provider = ?)";
  return Number(database.prepare(sql).get(cursorAccount)?.requests);
}

function read(file: string): readonly UsageEvent[] {
  const there = statSync(file, { throwIfNoEntry: false });
  if (there === undefined) throw new LedgerError(`${file} is not there.`);
  const small = there.isFile() && there.size <= mostBytes;
  const events = small ? cursorUsageFile(textOf(file)) : undefined;
  if (events === undefined) throw new LedgerError(`${file} is no usage file of a Cursor account.`);
  return events;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new LedgerError(`${file} cannot be read: ${inWords(error)}.`, { cause: error });
  }
}
