import { mkdirSync, truncateSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDamage, sqliteReason } from '../ledger/ledger-error.ts';
import { createPrivateFile } from '../ledger/private-file.ts';

/** The right to do something alone among all windows and commands of a user. It also ends with its holder. */
export interface Lease {
  release(): void;
}

/** Takes the right of that name; undefined while another holds it. It is SQLite's lock on a file of its own, like that of scans. */
export function takeLease(dir: string, name: string): Lease | undefined {
  const file = `${dir}/${name}.lock`;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  createPrivateFile(file);
  try {
    return take(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    // It never holds anything, so what is in it has no business there.
    truncateSync(file);
    return take(file);
  }
}

/** Waits for the right of that name, at most so long; undefined where it was not to be had. */
export async function waitForLease(dir: string, name: string, waitMs: number): Promise<Lease | undefined> {
  for (const end = performance.now() + waitMs; ; await sleep(50)) {
    const lease = takeLease(dir, name);
    if (lease !== undefined || performance.now() > end) return lease;
  }
}

function take(file: string): Lease | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (sqliteReason(error) === 'busy') return undefined;
    throw error;
  }
}
