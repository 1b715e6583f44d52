import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Machine } from '../readers/reader.ts';
import { inWords, isDamage, LedgerError } from './ledger-error.ts';
import { createPrivate, openFile, openInMemory, openReplacement } from './ledger-file.ts';
import { dataDir } from './machine.ts';
import { checkVersion } from './schema.ts';

/** The store of all that was counted on this machine, shared by every window, editor and command of its user. */
export interface Ledger {
  /** Throws a `LedgerError` once a newer version of the program has changed the file. */
  readonly database: DatabaseSync;
  /** Absolute path; empty where it is kept in memory because it cannot be written. */
  readonly file: string;
  /** The folder of the ledger, absolute. */
  readonly dir: string;
  /** What a person should know about it, in sentences. */
  readonly notices: readonly string[];
  /**
   * Sets the file aside if it is damaged, and goes on with a new one, which the next scan fills. Gives the path of the
   * damaged file, or undefined where another process has just replaced it. Throws a `LedgerError` where that is impossible.
   */
  replaceDamaged(): string | undefined;
  close(): void;
}

/** Damage that a thorough look does not confirm so often in a row is something else. */
const mostFoundWhole = 2;

/**
 * Opens the ledger, or makes it. A damaged file is set aside; one that cannot be written is replaced by a ledger in memory,
 * and both are said in `notices`. Throws a `LedgerError` for a ledger of a newer version.
 */
export function openLedger(machine: Machine): Ledger {
  const dir = dataDir(machine);
  const path = `${dir}/ledger.db`;
  const notices: string[] = [];
  let file = path;
  let database: DatabaseSync | undefined;
  let inode: number | undefined;
  let foundWhole = 0;

  function replaceDamaged(): string | undefined {
    if (database?.isOpen) database.close();
    const replaced = openReplacement(dir, path);
    database = replaced.database;
    inode = inodeOf(path);
    if (replaced.aside === undefined) {
      if (++foundWhole > mostFoundWhole) {
        foundWhole = 0;
        throw new LedgerError(`The ledger ${path} is whole, and yet reading it fails again and again.`);
      }
    } else {
      foundWhole = 0;
      notices.push(
        `The ledger was damaged. It was set aside as ${replaced.aside}, and is built anew from it and from the logs that are still there.`,
      );
    }
    return replaced.aside;
  }

  /** Another process may have replaced the file, a newer program may have changed it, a person may have deleted it. */
  function current(): DatabaseSync {
    if (file === '') return database as DatabaseSync;
    if (database?.isOpen !== true || inodeOf(path) !== inode) reopen();
    checkVersion(database as DatabaseSync, path);
    return database as DatabaseSync;
  }

  function reopen(): void {
    try {
      createPrivate(dir, path);
      const opened = openFile(path);
      // Work that began with the old file ends with it; it is closed when nobody holds it any more.
      database = opened;
      inode = inodeOf(path);
    } catch (error) {
      if (database?.isOpen !== true) throw asLedgerError(path, error);
    }
  }

  try {
    createPrivate(dir, path);
    database = openFile(path);
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    const failure = isDamage(error) ? failureOf(replaceDamaged) : error;
    if (failure !== undefined) {
      notices.push(
        `The ledger ${path} cannot be used: ${inWords(failure)}. Counting in memory; what is new is not kept.`,
      );
      file = '';
      database = openInMemory(path);
    }
  }
  inode = inodeOf(path);
  return {
    get database() {
      return current();
    },
    file,
    dir,
    notices,
    replaceDamaged,
    close: () => database?.close(),
  };
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

function failureOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

function asLedgerError(path: string, error: unknown): LedgerError {
  if (error instanceof LedgerError) return error;
  return new LedgerError(`The ledger ${path} cannot be used: ${inWords(error)}.`, { cause: error });
}
