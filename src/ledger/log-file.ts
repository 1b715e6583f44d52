import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { LogFile } from '../readers/reader.ts';

const mostBytes = 4 * 1024 * 1024;

/** A log with a way to its companion files, each of which is read at most once. */
export type CompanionFiles = (path: string, relativePath: string, dir: string) => LogFile;

/** Companion files are remembered for one reading of logs; a new reading looks anew. */
export function companionFiles(): CompanionFiles {
  const texts = new Map<string, string | undefined>();
  const folders = new Map<string, readonly string[]>();
  return (path, relativePath, dir) => ({
    path,
    relativePath,
    dir,
    get modified() {
      return modifiedOf(path);
    },
    read(file) {
      if (!texts.has(file)) texts.set(file, textOf(file));
      return texts.get(file);
    },
    list(folder) {
      let names = folders.get(folder);
      if (names === undefined) {
        names = namesIn(folder);
        folders.set(folder, names);
      }
      return names;
    },
  });
}

function modifiedOf(path: string): number {
  const times = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.round(Math.max(...times));
}

/** The text of a file; undefined where it is missing, unreadable or over 4 MB. */
export function textOf(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    // A pipe has no size and no end.
    return stats?.isFile() && stats.size <= mostBytes ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
