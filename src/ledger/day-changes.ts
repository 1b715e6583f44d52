import type { DatabaseSync } from 'node:sqlite';
import { reading } from './damage.ts';
import type { Ledger } from './ledger.ts';

/** Days whose sums have changed, so that who shows or sends them need look at no others. */
export interface DayChanges {
  /** Of the latest change; 0 before the first. */
  readonly revision: number;
  /** UTC days since the epoch, in order. */
  readonly days: readonly number[];
}

/**
 * The days whose sums have changed since a revision: all that ever had any for 0, and for a revision that is not this ledger's.
 * Throws a `LedgerError` where the ledger is damaged.
 */
export function changedDays(ledger: Ledger, since: number): DayChanges {
  return reading(ledger, () => {
    const { database } = ledger;
    // First: what changes between the two questions is then told twice rather than never.
    const revision = latestRevision(database);
    const rows = database
      .prepare('SELECT day FROM day_change WHERE revision > ? ORDER BY day')
      .all(since > revision ? 0 : since);
    return { revision, days: rows.map(({ day }) => Number(day)) };
  });
}

/** Gives days the next revision, within the transaction that changes their sums. */
export function noteChangedDays(database: DatabaseSync, days: Iterable<number>): void {
  const all = [...days];
  if (all.length === 0) return;
  // The first is the time, so that a ledger which replaces another goes on above all revisions of that one.
  const revision = (latestRevision(database) || Date.now()) + 1;
  const replace = database.prepare('INSERT OR REPLACE INTO day_change VALUES (?, ?)');
  for (const day of all) replace.run(day, revision);
}

function latestRevision(database: DatabaseSync): number {
  return Number(database.prepare('SELECT max(revision) AS latest FROM day_change').get()?.latest ?? 0);
}
