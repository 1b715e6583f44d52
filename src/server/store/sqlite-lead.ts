import { DatabaseSync } from 'node:sqlite';
import type { Leadership } from './store.ts';

/** The file whose lock is the leadership of a database. */
export function leaderFile(database: string): string {
  return `${database}-leader`;
}

/** Leads while it holds the lock of a file of its own: the system takes the lock from a process that ends. */
export function leadSqlite(file: string): Leadership | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return {
    // The lock cannot be lost while its holder lives.
    epoch: undefined,
    holds: () => database.isOpen,
    release: async () => {
      if (database.isOpen) database.close();
    },
  };
}

const busy = 5;

/** Whether a database could not be used because another process has it. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === busy;
}
