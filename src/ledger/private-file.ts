import { closeSync, openSync } from 'node:fs';

/**
 * Creates an empty file that only its user may read; one that is there is left alone. It is not even opened: closing it would
 * give up all locks that SQLite holds on it for this process.
 */
export function createPrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
