import type { DatabaseSync } from 'node:sqlite';
import type { ToolId } from '../usage/tool-id.ts';
import type { LogOutcome, LogState } from './batch.ts';
import type { FoundLog } from './find-logs.ts';

/** A log that the ledger knows, read or still to be read. */
export interface KnownLog {
  readonly id: number;
  readonly tool: ToolId;
  readonly path: string;
  /** Undefined before its first reading. */
  readonly state: LogState | undefined;
  readonly skipped: Readonly<Record<string, number>>;
  readonly problem: string | undefined;
}

/** The logs that the ledger knows. */
export interface LogTable {
  all(): readonly KnownLog[];
  /** Those of the logs on disk that the ledger knows, in any order; perhaps others as well. */
  of(found: readonly FoundLog[]): readonly KnownLog[];
  at(tool: ToolId, path: string): KnownLog | undefined;
  /** Logs of a tool that had an inode when they were last read. */
  withInode(tool: ToolId, inode: number): readonly KnownLog[];
  insert(log: FoundLog): number;
  rename(id: number, path: string): void;
  save(outcome: LogOutcome): void;
}

export function logTable(database: DatabaseSync): LogTable {
  const selectAt = database.prepare('SELECT * FROM log WHERE tool = ? AND path = ?');
  const selectInode = database.prepare('SELECT * FROM log WHERE inode = ? AND tool = ?');
  const insert = database.prepare(
    "INSERT INTO log (tool, path, size, mtime, inode, offset, head, tail, carry, version, skipped) VALUES (?, ?, 0, 0, 0, 0, 0, 0, '', 0, '{}')",
  );
  const rename = database.prepare('UPDATE log SET path = ? WHERE id = ?');
  // A time that no file has: so the log is read again.
  const saveProblem = database.prepare('UPDATE log SET problem = ?, skipped = ?, mtime = 0 WHERE id = ?');
  const before = database.prepare('SELECT skipped, offset, head, tail, version FROM log WHERE id = ?');
  const save = database.prepare(
    `UPDATE log SET size = ?, mtime = ?, inode = ?, offset = ?, head = ?, tail = ?, carry = ?, version = ?, skipped = ?,
     problem = ?, stale = max(stale, ?), rewritten = max(rewritten, ?) WHERE id = ?`,
  );
  const latest = database.prepare('SELECT max(id) AS id FROM log');

  const all = (): readonly KnownLog[] => database.prepare('SELECT * FROM log').all().map(toKnownLog);

  function at(tool: ToolId, path: string): KnownLog | undefined {
    const row = selectAt.get(tool, path);
    return row === undefined ? undefined : toKnownLog(row);
  }

  return {
    all,
    of(found) {
      // After years nearly all logs that the ledger knows are gone.
      const few = found.length * severalTimes < Number(latest.get()?.id ?? 0);
      return few ? found.flatMap(({ tool, path }) => at(tool, path) ?? []) : all();
    },
    at,
    withInode: (tool, inode) => selectInode.all(inode, tool).map(toKnownLog),
    insert: ({ tool, path }) => Number(insert.run(tool, path).lastInsertRowid),
    rename: (id, path) => rename.run(path, id),
    save({ log, state, fromStart, skipped, problem = null }) {
      const old = before.get(log) ?? {};
      const counts = JSON.stringify(sumOf(fromStart ? {} : JSON.parse(String(old.skipped ?? '{}')), skipped));
      if (state === undefined) {
        saveProblem.run(problem, counts, log);
        return;
      }
      const { size, mtimeMs, inode, offset, head, tail, carry, version } = state;
      const known = Number(old.version ?? 0) > 0;
      const stale = known && old.version !== version;
      const rewritten = known && fromStart && isRewritten(old, state);
      save.run(
        ...[size, mtimeMs, inode, offset, head, tail, carry, version, counts, problem],
        ...[Number(stale), Number(rewritten), log],
      );
    },
  };
}

/** Rows that are read one after the other in the time that one alone takes to be found. */
const severalTimes = 3;

/** Whether not all that was read in a log is still there, now that it was read from its start again. */
function isRewritten(old: Readonly<Record<string, unknown>>, { offset, head, tail, version }: LogState): boolean {
  if (offset < Number(old.offset)) return true;
  if (offset === old.offset) return head !== old.head || tail !== old.tail;
  // A log of lines that has grown is read from its start only if it does not go on as before; a document always is.
  return head !== 0 && version === old.version;
}

function sumOf(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const sum = { ...a };
  for (const [reason, count] of Object.entries(b)) sum[reason] = (sum[reason] ?? 0) + count;
  return sum;
}

function toKnownLog(row: Readonly<Record<string, unknown>>): KnownLog {
  const number = (column: string): number => Number(row[column]);
  const version = number('version');
  return {
    id: number('id'),
    tool: row.tool as ToolId,
    path: String(row.path),
    state:
      version === 0
        ? undefined
        : {
            size: number('size'),
            mtimeMs: number('mtime'),
            inode: number('inode'),
            offset: number('offset'),
            head: number('head'),
            tail: number('tail'),
            carry: String(row.carry),
            version,
          },
    skipped: JSON.parse(String(row.skipped)),
    problem: row.problem === null ? undefined : String(row.problem),
  };
}
