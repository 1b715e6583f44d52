import { closeSync, existsSync } from 'node:fs';
import type { AnyReader } from '../readers/reader.ts';
import type { LogJob, LogState } from './batch.ts';
import type { FoundLog } from './find-logs.ts';
import { isContinued } from './fingerprint.ts';
import type { KnownLog, LogTable } from './log-table.ts';
import { openLog } from './open-log.ts';

/** A log that is to be read, and how much of it is new. */
export interface PlannedLog {
  readonly found: FoundLog;
  /** Undefined where the ledger does not know it yet. */
  readonly known: KnownLog | undefined;
  readonly newBytes: number;
}

/**
 * Which of the logs on disk have something to be read: those that are new, have changed, or that a newer reader understands
 * better. A log that was renamed is known by its new path from now on.
 */
export function planReading(
  found: readonly FoundLog[],
  known: readonly KnownLog[],
  table: LogTable,
  readers: readonly AnyReader[],
): readonly PlannedLog[] {
  const versions = new Map(readers.map(({ id, version }) => [id, version]));
  const byPath = new Map(known.map((log) => [`${log.tool}\0${log.path}`, log]));
  const planned: PlannedLog[] = [];
  for (const log of found) {
    const version = versions.get(log.tool) ?? 0;
    const here = byPath.get(`${log.tool}\0${log.path}`);
    const moved = here === undefined ? movedFrom(log, table) : undefined;
    if (moved !== undefined) table.rename(moved.id, log.path);
    const state = (here ?? moved)?.state;
    const unchanged =
      state !== undefined &&
      state.version >= version &&
      state.size === log.size &&
      state.mtimeMs === log.mtimeMs &&
      state.inode === log.inode;
    if (unchanged) continue;
    planned.push({ found: log, known: here ?? moved, newBytes: log.size - readBefore(log, state, version) });
  }
  return planned;
}

/** Bytes that need no reading any more. Of a database only what is new is asked for, however large it is. */
function readBefore({ kind, size }: FoundLog, state: LogState | undefined, version: number): number {
  if (state?.version !== version) return 0;
  if (kind === 'database') return Math.min(size, state.size);
  return kind === 'lines' && size > state.size ? state.offset : 0;
}

/** A log that was renamed or moved (Codex archives its rollouts) is known by its inode and its first bytes. */
function movedFrom(log: FoundLog, table: LogTable): KnownLog | undefined {
  if (log.kind !== 'lines' || log.inode === 0) return undefined;
  for (const candidate of table.withInode(log.tool, log.inode)) {
    const { state } = candidate;
    if (state === undefined || state.size > log.size || existsSync(candidate.path)) continue;
    try {
      const file = openLog(log.path);
      try {
        if (isContinued(file, state)) return candidate;
      } finally {
        closeSync(file);
      }
    } catch {
      // It cannot be read: reading it as a new log says so.
    }
  }
  return undefined;
}

/** Puts planned logs into the ledger's table of logs, and into groups of a size that a thread reads at once. */
export function groupsOf(planned: readonly PlannedLog[], table: LogTable): readonly (readonly LogJob[])[] {
  const groups: LogJob[][] = [];
  let bytes = 0;
  for (const { found, known, newBytes } of planned) {
    const { tool, kind, path, relativePath, dir } = found;
    const job = { log: known?.id ?? table.insert(found), tool, kind, path, relativePath, dir, state: known?.state };
    const group = groups.at(-1);
    if (group === undefined || group.length >= mostLogs || bytes + newBytes > mostBytes) {
      groups.push([job]);
      bytes = 0;
    } else {
      group.push(job);
    }
    bytes += newBytes;
  }
  return groups;
}

const mostLogs = 100;
const mostBytes = 4 * 1024 * 1024;
