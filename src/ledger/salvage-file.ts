import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './schema.ts';

/** A damaged ledger from which tables can be read, at least in part. */
export interface DamagedLedger {
  readonly database: DatabaseSync;
  close(): void;
}

const pageBytes = 4096;
const magic = 'SQLite format 3\0';
/** Where the header tells the number of pages, as 32 bits. */
const pageCountAt = 28;

/** Opens a damaged ledger, or a copy whose beginning is mended; undefined where neither shows the ledger's tables. */
export function openForSalvage(path: string): DamagedLedger | undefined {
  const whole = opened(path, () => {});
  if (whole !== undefined) return whole;
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'copy.db');
    copyFileSync(path, copy);
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
    mendFirstPage(copy, join(folder, 'new.db'));
    const mended = opened(copy, remove);
    if (mended === undefined) remove();
    return mended;
  } catch {
    remove();
    return undefined;
  }
}

function opened(path: string, closed: () => void): DamagedLedger | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'event'").get() !== undefined) {
      const open = database;
      return {
        database: open,
        close() {
          open.close();
          closed();
        },
      };
    }
  } catch {
    // Its beginning is damaged.
  }
  database?.close();
  return undefined;
}

/**
 * Gives a file a header that tells its real length, as one that was cut does not. Where there is none left, the whole first
 * page is that of a new ledger: each has its tables at the same places.
 */
function mendFirstPage(path: string, scratch: string): void {
  const page = Buffer.alloc(pageBytes);
  const file = openSync(path, 'r+');
  try {
    readSync(file, page, 0, pageBytes, 0);
    if (page.toString('latin1', 0, magic.length) !== magic) firstPageOfNew(scratch).copy(page);
    page.writeUInt32BE(Math.floor(fstatSync(file).size / pageBytes), pageCountAt);
    writeSync(file, page, 0, pageBytes, 0);
  } finally {
    closeSync(file);
  }
}

function firstPageOfNew(path: string): Buffer {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL');
  migrate(database);
  database.close();
  const page = Buffer.alloc(pageBytes);
  const file = openSync(path, 'r');
  readSync(file, page, 0, pageBytes, 0);
  closeSync(file);
  return page;
}
