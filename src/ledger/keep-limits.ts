import { DatabaseSync } from 'node:sqlite';
import type { Ledger } from './ledger.ts';
import { limitStore, type ToolLimit } from './limits.ts';
import { metaTable } from './meta.ts';
import { inTransaction } from './transaction.ts';

/** Names the fact that holds what each of the latest sessions has told last: pairs of a session and its word, as JSON. */
export const toldByStatusLine = 'limits told';

const mostSessions = 50;
const waitMs = 20;

/**
 * Whether a session tells anything new about its tool's limits. A session that rests goes on telling what it was told with its
 * last request, long after others know better.
 */
export function isNews({ database }: Ledger, session: string, readings: readonly ToolLimit[]): boolean {
  if (readings.length === 0) return false;
  return !toldIn(database).some(([other, word]) => other === session && word === wordOf(readings));
}

/** Keeps what a session tells about limits in the ledger's file, or not, where that would take longer than a moment. */
export function keepLimits(file: string, session: string, readings: readonly ToolLimit[]): void {
  let database: DatabaseSync | undefined;
  try {
    const open = new DatabaseSync(file);
    database = open;
    open.exec(`PRAGMA busy_timeout = ${waitMs}; PRAGMA synchronous = NORMAL`);
    inTransaction(open, () => {
      const store = limitStore(open);
      for (const reading of readings) store.add(reading);
      const others = toldIn(open).filter(([other]) => other !== session);
      const told = [...others, [session, wordOf(readings)]].slice(-mostSessions);
      metaTable(open).set(toldByStatusLine, JSON.stringify(told));
    });
  } catch {
    // The next message tells it again.
  } finally {
    database?.close();
  }
}

function toldIn(database: DatabaseSync): readonly (readonly [session: string, word: string])[] {
  try {
    return JSON.parse(metaTable(database).get(toldByStatusLine) ?? '[]');
  } catch {
    return [];
  }
}

function wordOf(readings: readonly ToolLimit[]): string {
  return readings
    .map(({ windowMinutes, usedPercent, resetsAt }) => `${windowMinutes} ${usedPercent} ${resetsAt}`)
    .join();
}
