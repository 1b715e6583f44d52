import { existsSync, readdirSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { quarterMs } from '../usage/tally.ts';
import { unsalvaged } from './damage.ts';
import { noteChangedDays } from './day-changes.ts';
import { isInFolder } from './forgotten.ts';
import { toldByStatusLine } from './keep-limits.ts';
import type { Ledger } from './ledger.ts';
import { inWords, LedgerError, sqliteReason } from './ledger-error.ts';
import { takeScanLock } from './scan-lock.ts';
import { sumColumns } from './tally-deltas.ts';
import { inTransaction } from './transaction.ts';

/** What is to be forgotten: what is of a project and of a time, or everything. At least one of them is given. */
export interface ForgetWhat {
  /** Absolute path of a folder; the folders below it belong to it. */
  readonly project?: string | undefined;
  /** Epoch milliseconds: from `since` on, before `until`. What is still to come is never forgotten. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly everything?: boolean | undefined;
}

/** What was forgotten. */
export interface Forgotten {
  readonly requests: number;
  readonly tokens: number;
}

export interface ForgetOptions {
  /** The clock, epoch milliseconds. */
  readonly now?: number;
  /** How long to wait for a scanner to end. */
  readonly waitMs?: number;
}

const earliest = -8.64e15;
const dayMs = 86_400_000;
const total = '(input + output + cache_read + cache_write_5m + cache_write_1h)';
const isRequest = `(${total} > 0 OR searches > 0)`;

/** What of the ledger is meant. */
interface Scope {
  readonly project: string | undefined;
  readonly since: number;
  readonly until: number;
  /** The origins of the project, as JSON; undefined where all are meant. */
  readonly origins: string | undefined;
  readonly everything: boolean;
}

/** What `forget` would forget now. */
export function forgettable({ database }: Ledger, what: ForgetWhat, now = Date.now()): Forgotten {
  return countIn(database, scopeOf(database, what, now));
}

/**
 * Removes requests, and the readings of limits of a time, from the ledger and its file, and remembers that they do not come
 * back from logs that are still there; what is used from now on counts. Throws a `LedgerError` where that cannot be done.
 */
export function forget(ledger: Ledger, what: ForgetWhat, options: ForgetOptions = {}): Forgotten {
  const { now = Date.now(), waitMs = 10_000 } = options;
  const { dir, file } = ledger;
  if (file === '') throw new LedgerError('The ledger cannot be written, so nothing can be forgotten.');
  const lock = takeScanLock(dir, waitMs);
  if (lock === undefined) {
    throw new LedgerError('Another window is reading logs; nothing was forgotten. Please try again when it is done.');
  }
  try {
    const { database } = ledger;
    const forgotten = orInWords(
      () => removeAll(database, what, now),
      (reason) => `The ledger ${file} could not be written: ${reason}. Nothing was forgotten.`,
    );
    orInWords(
      () => shrink(database),
      (reason) => `It is forgotten in all figures, but may still be found in the file ${file}, for ${reason}.`,
    );
    removeDamaged(ledger, what.everything === true);
    return forgotten;
  } finally {
    lock.release();
  }
}

/** Writes the file anew without what is gone from it; in memory only where the disk has no room, for it takes as much as the file. */
function shrink(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA temp_store = FILE; VACUUM');
  } catch {
    database.exec('PRAGMA temp_store = MEMORY; VACUUM');
  } finally {
    database.exec('PRAGMA temp_store = MEMORY');
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function orInWords<Result>(work: () => Result, sentence: (reason: string) => string): Result {
  try {
    return work();
  } catch (error) {
    if (sqliteReason(error) === undefined) throw error;
    throw new LedgerError(sentence(inWords(error)), { cause: error });
  }
}

function removeAll(database: DatabaseSync, what: ForgetWhat, now: number): Forgotten {
  // What is removed is overwritten, so that nobody finds it in the file.
  database.exec('PRAGMA secure_delete = ON');
  return inTransaction(database, () => {
    const scope = scopeOf(database, what, now);
    const counted = countIn(database, scope);
    remove(database, scope);
    remember(database, scope);
    removeNames(database);
    return counted;
  });
}

function scopeOf(database: DatabaseSync, what: ForgetWhat, now: number): Scope {
  const { project, since = earliest, until = now, everything = false } = what;
  if (everything) {
    return { project: undefined, since: earliest, until: now, origins: undefined, everything };
  }
  if (project === '' || (project === undefined && what.since === undefined && what.until === undefined)) {
    throw new TypeError('nothing was named that is to be forgotten');
  }
  const origins =
    project === undefined
      ? undefined
      : database
          .prepare('SELECT id, project FROM origin')
          .all()
          .filter((row) => isInFolder(String(row.project), project))
          .map((row) => Number(row.id));
  return {
    project,
    since,
    until: Math.min(until, now),
    origins: origins === undefined ? undefined : JSON.stringify(origins),
    everything,
  };
}

function countIn(database: DatabaseSync, scope: Scope): Forgotten {
  const { condition, values } = eventsIn(scope);
  const sql = `SELECT count(*) AS requests, total(${total}) AS tokens FROM event WHERE ${condition} AND ${isRequest}`;
  const row = database.prepare(sql).get(...values);
  return { requests: Number(row?.requests), tokens: Number(row?.tokens) };
}

function eventsIn({ since, until, origins, everything }: Scope): {
  readonly condition: string;
  readonly values: readonly (number | string)[];
} {
  if (everything) return { condition: 'true', values: [] };
  const inSpan = 'time >= ? AND time < ?';
  return origins === undefined
    ? { condition: inSpan, values: [since, until] }
    : { condition: `${inSpan} AND origin IN (SELECT value FROM json_each(?))`, values: [since, until, origins] };
}

function remove(database: DatabaseSync, scope: Scope): void {
  const { condition, values } = eventsIn(scope);
  const days = database
    .prepare(`SELECT DISTINCT time / ${dayMs} AS day FROM event WHERE ${condition} AND aside = 0 AND ${isRequest}`)
    .all(...values);
  noteChangedDays(
    database,
    days.map(({ day }) => Number(day)),
  );
  database.prepare(`DELETE FROM event WHERE ${condition}`).run(...values);
  sumAnew(database, scope);
  if (scope.project !== undefined) return;
  const readings = scope.everything ? 'true' : 'time >= ? AND time < ?';
  database.prepare(`DELETE FROM limit_reading WHERE ${readings}`).run(...values);
  database.prepare('DELETE FROM meta WHERE name = ?').run(toldByStatusLine);
}

/** The tallies of the quarters of an hour that were touched, from the events that are left in them. */
function sumAnew(database: DatabaseSync, { since, until, origins, everything }: Scope): void {
  if (everything) {
    database.exec('DELETE FROM tally; DELETE FROM model_tally');
    return;
  }
  const first = Math.floor(since / quarterMs);
  const last = Math.floor((until - 1) / quarterMs);
  const sums = sumColumns.map((column) => `sum(${column})`).join(', ');
  // Those of other projects have not changed, and summing all would take long after years.
  const touched = origins === undefined ? '' : 'AND origin IN (SELECT value FROM json_each(?))';
  const named = origins === undefined ? [] : [origins];
  database.prepare(`DELETE FROM tally WHERE quarter BETWEEN ? AND ? ${touched}`).run(first, last, ...named);
  database.prepare('DELETE FROM model_tally WHERE quarter BETWEEN ? AND ?').run(first, last);
  database
    .prepare(
      `INSERT INTO tally SELECT time / ${quarterMs}, series, origin, count(*), sum(input), sum(output), sum(cache_read),
       sum(cache_write_5m), sum(cache_write_1h), sum(reasoning), sum(searches), total(cost), sum(reported),
       sum(iif(cost IS NULL, ${total}, 0))
       FROM event WHERE time >= ? AND time < ? AND aside = 0 AND ${isRequest} ${touched} GROUP BY 1, 2, 3`,
    )
    .run(first * quarterMs, (last + 1) * quarterMs, ...named);
  database
    .prepare(
      `INSERT INTO model_tally SELECT quarter, series, ${sums} FROM tally WHERE quarter BETWEEN ? AND ?
       GROUP BY quarter, series`,
    )
    .run(first, last);
}

/** A rule that says no more than a new one goes, and with it the name of its project. */
function remember(database: DatabaseSync, { project = '', since, until }: Scope): void {
  if (until <= since) return;
  database
    .prepare("DELETE FROM forgotten WHERE since >= ? AND until <= ? AND ? IN ('', project)")
    .run(since, until, project);
  database.prepare('INSERT INTO forgotten VALUES (?, ?, ?)').run(project, since, until);
}

/** Names of which no request is left, and of logs that are gone; those that are there would else be read again. */
function removeNames(database: DatabaseSync): void {
  for (const table of ['origin', 'series']) {
    database.exec(`DELETE FROM ${table} WHERE id NOT IN (SELECT ${table} FROM event)`);
  }
  const remove = database.prepare('DELETE FROM log WHERE id = ?');
  const unused = database.prepare('SELECT id, path FROM log WHERE id NOT IN (SELECT log FROM event)').all();
  for (const { id, path } of unused) if (!existsSync(String(path))) remove.run(Number(id));
}

/** Damaged ledgers that were set aside hold what was forgotten, and all else in them is in the ledger. */
function removeDamaged(ledger: Ledger, everything: boolean): void {
  const needed = everything ? [] : unsalvaged(ledger);
  for (const name of readdirSync(ledger.dir)) {
    const [database] = /^ledger-damaged-.*\.db/.exec(name) ?? [];
    const path = `${ledger.dir}/${database}`;
    if (database !== undefined && !needed.includes(path)) rmSync(`${ledger.dir}/${name}`, { force: true });
  }
}
