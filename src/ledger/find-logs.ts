import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import type { AnyReader, LogKind, LogPlace, Machine } from '../readers/reader.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { inWords } from './ledger-error.ts';
import { textOf } from './log-file.ts';
import { slashed } from './machine.ts';
import { databaseStats } from './read-only-database.ts';

/** A log on disk. */
export interface FoundLog {
  readonly tool: ToolId;
  readonly kind: LogKind;
  readonly path: string;
  readonly relativePath: string;
  readonly dir: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly inode: number;
}

/** A place that could not be searched, or a file that could not be looked at. */
export interface FindProblem {
  readonly tool: ToolId;
  readonly path: string;
  readonly reason: string;
}

const usualDepth = 12;

/** A folder to search: its path, where that really is, and the path below the place, with a slash at its end. */
interface Folder {
  readonly path: string;
  readonly real: string;
  readonly relative: string;
  readonly depth: number;
}

/** All logs of the tools on a machine. A missing folder is normal; links are followed, each folder once. */
export function findLogs(
  machine: Machine,
  readers: readonly AnyReader[],
  problem: (problem: FindProblem) => void,
): readonly FoundLog[] {
  const found: FoundLog[] = [];
  const paths = new Set<string>();
  for (const { id, logs } of readers) {
    for (const place of logs(machine, textOf)) {
      for (const log of logsIn(place, id, problem)) {
        const name = `${id}\0${log.path}`;
        if (!paths.has(name)) found.push(log);
        paths.add(name);
      }
    }
  }
  return found;
}

/** The logs in one place. */
export function logsIn(place: LogPlace, tool: ToolId, problem: (problem: FindProblem) => void): readonly FoundLog[] {
  const found: FoundLog[] = [];
  const visited = new Set<string>();
  const linked: Folder[] = [];
  const report = (path: string, error: unknown): void => {
    if (!isMissing(error)) problem({ tool, path, reason: reasonOf(error) });
  };

  function isWorthIt(relative: string): boolean {
    return place.enter === undefined || place.enter.test(relative);
  }

  function visit({ path, real, relative, depth }: Folder): void {
    visited.add(real);
    let entries: Dirent[];
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch (error) {
      report(path, error);
      return;
    }
    for (const entry of entries) {
      const inside = {
        path: `${path}/${entry.name}`,
        real: `${real}/${entry.name}`,
        relative: `${relative}${entry.name}`,
      };
      if (!entry.isDirectory()) look(entry, inside.path, inside.relative, depth);
      else if (depth > 0 && isWorthIt(inside.relative))
        visit({ ...inside, relative: `${inside.relative}/`, depth: depth - 1 });
    }
  }

  function look(entry: Dirent, path: string, relative: string, depth: number): void {
    const enters = entry.isSymbolicLink() && isWorthIt(relative);
    if (!enters && !((entry.isFile() || entry.isSymbolicLink()) && place.files.test(relative))) return;
    try {
      const stats = statSync(path);
      if (stats.isDirectory()) {
        if (depth > 0 && enters)
          linked.push({ path, real: slashed(realpathSync(path)), relative: `${relative}/`, depth: depth - 1 });
      } else if (stats.isFile() && place.files.test(relative)) {
        found.push(foundLog(path, relative, place, tool, stats));
      }
    } catch (error) {
      report(path, error);
    }
  }

  let realRoot: string;
  try {
    // Most places are those of tools that are not there, and an error takes longer than a look.
    if (statSync(place.dir, { throwIfNoEntry: false }) === undefined) return found;
    realRoot = slashed(realpathSync(place.dir));
  } catch (error) {
    report(place.dir, error);
    return found;
  }
  visit({ path: place.dir, real: realRoot, relative: '', depth: place.depth ?? usualDepth });
  // Linked folders come last, so that they only add what is not there otherwise; what the place itself lies in is none.
  for (let folder = linked.shift(); folder !== undefined; folder = linked.shift()) {
    if (!visited.has(folder.real) && !isWithin(realRoot, folder.real)) visit(folder);
  }
  return found;
}

function isWithin(path: string, folder: string): boolean {
  return `${path}/`.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Whether an error only says that a file or folder is not there, or no longer. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Why a log could not be read, as a clause for people. */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'ELOOP') return 'a link that leads back to itself';
  return inWords(error);
}

/** The logs among some files, absolute paths: a file beside a database (its write-ahead log) stands for the database. */
export function findLogsAt(
  machine: Machine,
  readers: readonly AnyReader[],
  paths: readonly string[],
  problem: (problem: FindProblem) => void,
): readonly FoundLog[] {
  const found = new Map<string, FoundLog>();
  for (const { id, logs } of readers) {
    for (const place of logs(machine, textOf)) {
      for (const changed of paths) {
        const path = place.kind === 'database' ? changed.replace(/-(?:wal|shm|journal)$/, '') : changed;
        if (!path.startsWith(`${place.dir}/`)) continue;
        const relativePath = path.slice(place.dir.length + 1);
        if (!place.files.test(relativePath)) continue;
        const name = `${id}\0${path}`;
        const log = found.has(name) ? undefined : statLog(path, relativePath, place, id, problem);
        if (log !== undefined) found.set(name, log);
      }
    }
  }
  return [...found.values()];
}

function statLog(
  path: string,
  relativePath: string,
  place: LogPlace,
  tool: ToolId,
  problem: (problem: FindProblem) => void,
): FoundLog | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() ? foundLog(path, relativePath, place, tool, stats) : undefined;
  } catch (error) {
    if (!isMissing(error)) problem({ tool, path, reason: reasonOf(error) });
    return undefined;
  }
}

/** May throw as `statSync` does: a database has files beside it. */
function foundLog(path: string, relativePath: string, { dir, kind }: LogPlace, tool: ToolId, stats: Stats): FoundLog {
  const { size, mtimeMs, ino } = kind === 'database' ? databaseStats(path, stats) : stats;
  return { tool, kind, path, relativePath, dir, size, mtimeMs, inode: ino };
}
