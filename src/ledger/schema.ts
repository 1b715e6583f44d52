import type { DatabaseSync } from 'node:sqlite';
import { LedgerError } from './ledger-error.ts';

/** The schema's version; a ledger of a newer one is left alone. */
export const schemaVersion = 1;

/** All tables, those that are referred to first. */
export const tables = [
  'series',
  'origin',
  'log',
  'event',
  'tally',
  'model_tally',
  'limit_reading',
  'meta',
  'forgotten',
  'day_change',
] as const;

/** Steps from each version to the next; a step that has been released is never changed. */
const migrations: readonly string[] = [
  `
  CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    tool TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL, tier TEXT NOT NULL, estimated INTEGER NOT NULL,
    UNIQUE (tool, provider, model, tier, estimated)
  ) STRICT;

  CREATE TABLE origin (
    id INTEGER PRIMARY KEY,
    tool TEXT NOT NULL, session TEXT NOT NULL, project TEXT NOT NULL, branch TEXT NOT NULL, subagent INTEGER NOT NULL,
    -- Which subagent; empty where unknown or none.
    agent TEXT NOT NULL,
    UNIQUE (tool, session, project, branch, subagent, agent)
  ) STRICT;

  -- One row a request, kept for good. cost is the list price in nano-USD, NULL where unpriced.
  -- Keys differ: their index is made once requests are looked up by key, see indexKeys.
  -- aside is 1 while the request's date is absurd: then it is in no tally.
  CREATE TABLE event (
    key INTEGER NOT NULL, time INTEGER NOT NULL, rank INTEGER NOT NULL, record_time INTEGER NOT NULL,
    series INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    searches INTEGER NOT NULL, reported INTEGER NOT NULL,
    origin INTEGER NOT NULL, copy INTEGER NOT NULL, owner_time INTEGER NOT NULL,
    log INTEGER NOT NULL, version INTEGER NOT NULL,
    cost INTEGER, aside INTEGER NOT NULL,
    PRIMARY KEY (time, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX event_aside ON event (time) WHERE aside = 1;

  -- Sums a quarter of an hour: of each session's models, and of each model.
  CREATE TABLE tally (
    quarter INTEGER NOT NULL, series INTEGER NOT NULL, origin INTEGER NOT NULL,
    events INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    searches INTEGER NOT NULL, cost INTEGER NOT NULL, reported INTEGER NOT NULL, unpriced INTEGER NOT NULL,
    PRIMARY KEY (quarter, series, origin)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE model_tally (
    quarter INTEGER NOT NULL, series INTEGER NOT NULL,
    events INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    searches INTEGER NOT NULL, cost INTEGER NOT NULL, reported INTEGER NOT NULL, unpriced INTEGER NOT NULL,
    PRIMARY KEY (quarter, series)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    tool TEXT NOT NULL, path TEXT NOT NULL,
    -- An inode may be larger than any whole number that JavaScript holds.
    size INTEGER NOT NULL, mtime REAL NOT NULL, inode REAL NOT NULL, offset INTEGER NOT NULL,
    head INTEGER NOT NULL, tail INTEGER NOT NULL, carry TEXT NOT NULL,
    -- Version of the reader that read it; 0 before its first reading.
    version INTEGER NOT NULL,
    -- stale is 1 once another version has read it since its events were last swept, rewritten once what it held was
    -- replaced: then the ledger alone may know its events.
    stale INTEGER NOT NULL DEFAULT 0, rewritten INTEGER NOT NULL DEFAULT 0,
    skipped TEXT NOT NULL, problem TEXT,
    UNIQUE (tool, path)
  ) STRICT;
  CREATE INDEX log_inode ON log (inode);
  CREATE INDEX log_stale ON log (tool, version) WHERE stale = 1;

  CREATE TABLE limit_reading (
    tool TEXT NOT NULL, window_minutes INTEGER NOT NULL, time INTEGER NOT NULL,
    used_percent REAL NOT NULL, resets_at INTEGER, plan TEXT,
    PRIMARY KEY (tool, window_minutes, time)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- What must not come back from logs that are still there: a project's folder, or all where that is empty, in a span.
  CREATE TABLE forgotten (
    project TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,
    PRIMARY KEY (project, since, until)
  ) STRICT, WITHOUT ROWID;

  -- When the tallies of a UTC day, in days since the epoch, last changed: each transaction that changes any has the next number.
  CREATE TABLE day_change (day INTEGER PRIMARY KEY, revision INTEGER NOT NULL) STRICT;
  `,
];

/** Brings a ledger to this version's schema; several processes may try at once. Gives the version that it was at. */
export function migrate(database: DatabaseSync): number {
  const version = versionOf(database);
  if (version >= schemaVersion) return version;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of migrations.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
  return version;
}

/**
 * Makes the index by which a request is found by its key, unless it is there. A ledger's first scan does without: it knows
 * what it wrote, and an index made at once from all rows takes half as long as one that grows with each.
 */
export function indexKeys(database: DatabaseSync): void {
  database.exec('CREATE UNIQUE INDEX IF NOT EXISTS event_key ON event (key)');
}

/** Throws a `LedgerError` for a ledger of a newer version. */
export function checkVersion(database: DatabaseSync, file: string): void {
  const version = versionOf(database);
  if (version <= schemaVersion) return;
  throw new LedgerError(
    `The ledger ${file} was made by a newer version of Tokenboard (schema ${version}, this one knows ${schemaVersion}). It is left as it is; please update.`,
  );
}

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
