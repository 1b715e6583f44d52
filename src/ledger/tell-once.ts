import { keyHash } from './key-hash.ts';
import type { Ledger } from './ledger.ts';
import { metaTable } from './meta.ts';
import { inTransaction } from './transaction.ts';

/** Things of one kind that a person may be told of. */
export interface News {
  readonly kind: string;
  /** Each names one thing for good. */
  readonly names: readonly string[];
  /** What the first asking of this kind brings had happened before anybody looked: it is told to nobody. */
  readonly firstIsHistory: boolean;
}

/**
 * Those that nobody was told of yet, in any window or editor on this machine: whoever asks is the one to tell. Names are kept
 * only as hashes. Throws where the ledger cannot be written.
 */
export function tellOnce(ledger: Ledger, { kind, names, firstIsHistory }: News): readonly string[] {
  const { database } = ledger;
  const keyOf = (name: string) => `told ${kind} ${keyHash(name).toString(36)}`;
  const meta = metaTable(database);
  const begun = `told ${kind}`;
  const isBegun = !firstIsHistory || meta.get(begun) !== undefined;
  // Most often there is nothing new, and nothing has to be locked to see that.
  if (isBegun && names.every((name) => meta.get(keyOf(name)) !== undefined)) return [];
  return inTransaction(database, () => {
    const history = firstIsHistory && meta.get(begun) === undefined;
    const now = new Date().toISOString();
    const untold = names.filter((name) => meta.get(keyOf(name)) === undefined);
    if (history) meta.set(begun, now);
    for (const name of untold) meta.set(keyOf(name), now);
    return history ? [] : untold;
  });
}
