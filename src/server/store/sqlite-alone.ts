import { DatabaseSync } from 'node:sqlite';
import { isBusy } from './sqlite-lead.ts';

export const inUse = 'The board is in use: stop the server first.';

/**
 * Opens a database that no other process has open, and keeps all others out until it is closed; null where a server or a
 * command has it. Throws where it is damaged.
 */
export function openAlone(file: string): DatabaseSync | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // A server holds the database open; then the write-ahead log cannot be folded back.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
}
