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

const pageBytes = 4096;
const magic = 'SQLite format 3\0';
/** Where the header tells the number of pages, as 32 bits. */
const pageCountAt = 28;

/** How the first page of a damaged ledger may be mended. */
type Mending = 'length' | 'new' | 'new, rewritten';

/**
 * Ways into a damaged ledger, the likeliest first: as it is, and copies whose first page is mended. Each is open until the
 * next one is asked for. There is none where nothing shows the ledger's tables.
 */
export function* waysInto(path: string): Iterable<DatabaseSync> {
  const whole = opened(path);
  if (whole !== undefined) yield* closedAfter(whole);
  for (const mending of ['length', 'new', 'new, rewritten'] as const) {
    const folder = mkdtempSync(join(tmpdir(), 'tokenboard-'));
    try {
      const copy = join(folder, 'copy.db');
      copyFileSync(path, copy);
      if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
      const mended = mendFirstPage(copy, mending, join(folder, 'new.db')) ? opened(copy, mending) : undefined;
      if (mended !== undefined) yield* closedAfter(mended);
    } catch {
      // There is no room for a copy, or nothing to copy.
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function* closedAfter(database: DatabaseSync): Iterable<DatabaseSync> {
  try {
    yield database;
  } finally {
    database.close();
  }
}

function opened(path: string, mending: Mending = 'length'): DatabaseSync | undefined {
  // Every ledger knows by which prices it counts; a first page that is not its own may lead elsewhere.
  const sign = mending === 'length' ? "sqlite_schema WHERE name = 'event'" : "meta WHERE name = 'prices'";
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    if (database.prepare(`SELECT 1 FROM ${sign}`).get() !== undefined) return database;
  } catch {
    // Its beginning is damaged.
  }
  database?.close();
  return undefined;
}

/**
 * Gives a file a header that tells its real length, as one that was cut does not. Where there is none left, the whole first
 * page is that of a new ledger, as it was made or as `VACUUM` leaves it: each has its tables at the same places. False where
 * that is no way.
 */
function mendFirstPage(path: string, mending: Mending, scratch: string): boolean {
  const page = Buffer.alloc(pageBytes);
  const file = openSync(path, 'r+');
  try {
    readSync(file, page, 0, pageBytes, 0);
    if (mending !== 'length') firstPageOfNew(scratch, mending).copy(page);
    else if (page.toString('latin1', 0, magic.length) !== magic) return false;
    page.writeUInt32BE(Math.floor(fstatSync(file).size / pageBytes), pageCountAt);
    writeSync(file, page, 0, pageBytes, 0);
    return true;
  } finally {
    closeSync(file);
  }
}

function firstPageOfNew(path: string, mending: Mending): Buffer {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL');
  migrate(database);
  if (mending === 'new, rewritten') database.exec('VACUUM');
  database.close();
  const page = Buffer.alloc(pageBytes);
  const file = openSync(path, 'r');
  readSync(file, page, 0, pageBytes, 0);
  closeSync(file);
  return page;
}
