/** Something about the ledger that a person should know, in a sentence. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

const codes = { busy: 5, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26 } as const;

/** SQLite's reason for an error, where it is one of those that the ledger answers to. */
export function sqliteReason(error: unknown): keyof typeof codes | undefined {
  const code = (error as { readonly errcode?: unknown } | undefined)?.errcode;
  if (typeof code !== 'number') return undefined;
  // Extended codes hold the plain one in their lowest byte.
  return (Object.keys(codes) as (keyof typeof codes)[]).find((name) => codes[name] === (code & 0xff));
}

/** Whether the file's contents are broken, so that only a new ledger helps. */
export function isDamage(error: unknown): boolean {
  const reason = sqliteReason(error);
  return reason === 'corrupt' || reason === 'notADatabase';
}

/** An error as a clause for people: `the disk is full`. */
export function inWords(error: unknown): string {
  const words = {
    busy: 'another program holds it locked',
    readOnly: 'it may not be written',
    ioError: 'the disk reports an error',
    corrupt: 'it is damaged',
    full: 'the disk is full',
    cantOpen: 'it cannot be opened',
    notADatabase: 'it is damaged',
  };
  const reason = sqliteReason(error);
  if (reason !== undefined) return words[reason];
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'it may not be written';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file stands where its folder should be';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  return error instanceof Error ? error.message : String(error);
}
