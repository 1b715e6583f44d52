import { closeSync, constants, fstatSync, openSync } from 'node:fs';

/** Where it exists: opening a pipe does not wait for somebody to write. */
const nonblocking = constants.O_NONBLOCK ?? 0;

/** Opens a log for reading. Throws where it is not, or no longer, a plain file. */
export function openLog(path: string): number {
  const file = openSync(path, constants.O_RDONLY | nonblocking);
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw new Error('it is no file');
}
