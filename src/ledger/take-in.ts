import { loadPrices } from '../pricing/price-list.ts';
import type { Batch } from './batch.ts';
import { type Forgets, forgottenIn } from './forgotten.ts';
import type { Ledger } from './ledger.ts';
import { inWords, LedgerError, sqliteReason } from './ledger-error.ts';
import { adoptPrices } from './maintenance.ts';
import { takeScanLock } from './scan-lock.ts';
import { inTransaction } from './transaction.ts';
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

/** What a file holds, and how it is counted. */
export interface TakenIn {
  /** Read while they are taken in. What they throw other than a `LedgerError` counts as an error of the ledger. */
  readonly batches: Iterable<Batch>;
  /** Requests of a batch that pass a test. */
  readonly countOf: (batch: Batch, passes: Forgets) => number;
  /** Requests of this kind in the ledger. */
  readonly countIn: (ledger: Ledger) => number;
}

/** Throws a `LedgerError` where nothing can be kept. */
export function checkWritable(ledger: Ledger, file: string): void {
  if (ledger.file === '') throw new LedgerError(`The ledger cannot be written, so nothing of ${file} was taken in.`);
}

/** Merges what a file holds into the ledger, all of it or nothing. Throws a `LedgerError` that says what is wrong. */
export async function takeIn(
  ledger: Ledger,
  file: string,
  { batches, countOf, countIn }: TakenIn,
  { evenForgotten = false, waitMs = 30_000 }: ImportOptions,
): Promise<Imported> {
  const prices = await loadPrices();
  const lock = takeScanLock(ledger.dir, waitMs);
  if (lock === undefined) {
    throw new LedgerError(`Another window is reading logs; nothing of ${file} was taken in. Please try again later.`);
  }
  try {
    const { database } = ledger;
    const isForgotten = evenForgotten ? undefined : forgottenIn(database);
    let [requests, forgotten] = [0, 0];
    adoptPrices(ledger);
    const before = countIn(ledger);
    const target = writer(ledger, prices, Date.now, () => undefined, isForgotten ?? (() => false));
    inTransaction(database, () => {
      for (const batch of batches) {
        requests += countOf(batch, () => true);
        if (isForgotten !== undefined) forgotten += countOf(batch, isForgotten);
        target.take(batch);
        target.flush();
      }
    });
    return { requests, added: countIn(ledger) - before, forgotten };
  } catch (error) {
    if (sqliteReason(error) === undefined) throw error;
    const sentence = `The ledger could not be written: ${inWords(error)}. Nothing of ${file} was taken in.`;
    throw new LedgerError(sentence, { cause: error });
  } finally {
    lock.release();
  }
}
