import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isDamage } from '../ledger/ledger-error.ts';
import { createPrivateFile } from '../ledger/private-file.ts';
import { inTransaction } from '../ledger/transaction.ts';
import { noTeam, type TeamState } from './state.ts';

/**
 * What this machine knows of its team, but for tokens: one SQLite file in the data folder, beside the ledger so that it outlives
 * it. It is made by joining, and gone after leaving. All windows and the command share it.
 */
export interface TeamStore {
  /** That of a machine that never joined where there is no file; none is made. */
  state(): TeamState;
  /** Changes the state in one transaction; makes the file where there is none, unless the state stays that of a machine that never joined. */
  change(update: (state: TeamState) => TeamState): TeamState;
  /** The file's database, made where there is none; undefined where it is not to be made. */
  database(): DatabaseSync;
  existing(): DatabaseSync | undefined;
  /** Forgets everything. */
  wipe(): void;
  close(): void;
}

const tables = `
  CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL) STRICT;
  -- Absolute counts of a UTC day, tool and model. rev grows with each change; acked is the one that the server has;
  -- tried tells that it was ever in a request; aside is why the server refused this rev.
  CREATE TABLE IF NOT EXISTS cell (
    day TEXT NOT NULL, tool TEXT NOT NULL, model TEXT NOT NULL,
    counts TEXT NOT NULL, pv TEXT NOT NULL, rev INTEGER NOT NULL, acked INTEGER NOT NULL, tried INTEGER NOT NULL, aside TEXT,
    PRIMARY KEY (day, tool, model)
  ) STRICT, WITHOUT ROWID;
  -- Requests of the first upload, byte for byte as they were previewed, until they are sent.
  CREATE TABLE IF NOT EXISTS frozen (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  -- The last answers about boards, to be shown while the server cannot be reached.
  CREATE TABLE IF NOT EXISTS board (name TEXT PRIMARY KEY, etag TEXT, body TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
`;
const version = 1;

/** The store in a folder, which need not exist. */
export function teamStore(dir: string): TeamStore {
  const file = `${dir}/team.db`;
  let open: DatabaseSync | undefined;
  let inode: number | undefined;

  /** Another window may have left the team, and with it the file. */
  function existing(): DatabaseSync | undefined {
    const found = statSync(file, { throwIfNoEntry: false })?.ino;
    if (open !== undefined && found === inode) return open;
    close();
    if (found === undefined) return undefined;
    open = openFile(file);
    inode = statSync(file).ino;
    return open;
  }

  function database(): DatabaseSync {
    if (!existsSync(file)) {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      createPrivateFile(file);
    }
    return existing() as DatabaseSync;
  }

  function close(): void {
    open?.close();
    open = undefined;
  }

  return {
    state() {
      const there = existing();
      return there === undefined ? noTeam : stateIn(there);
    },
    change(update) {
      if (existing() === undefined && update(noTeam) === noTeam) return noTeam;
      const there = database();
      return inTransaction(there, () => {
        const state = update(stateIn(there));
        there.prepare('INSERT OR REPLACE INTO state VALUES (1, ?)').run(JSON.stringify(state));
        return state;
      });
    },
    database,
    existing,
    wipe() {
      const there = existing();
      if (there === undefined) return;
      // Where another window holds the file open on Windows it stays, but empty.
      there.exec('DELETE FROM state; DELETE FROM cell; DELETE FROM frozen; DELETE FROM board; VACUUM');
      close();
      try {
        for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
      } catch {
        // Then it is left to the last window.
      }
    },
    close,
  };
}

function stateIn(database: DatabaseSync): TeamState {
  const json = database.prepare('SELECT json FROM state').get()?.json;
  return json === undefined ? noTeam : { ...noTeam, ...(JSON.parse(String(json)) as TeamState) };
}

function openFile(file: string): DatabaseSync {
  try {
    return prepared(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, `${file}${suffix}.damaged`);
    }
    createPrivateFile(file);
    return prepared(file);
  }
}

function prepared(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(
      'PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON',
    );
    if (database.prepare('PRAGMA user_version').get()?.user_version !== version) {
      database.exec(`BEGIN IMMEDIATE; ${tables} PRAGMA user_version = ${version}; COMMIT`);
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
