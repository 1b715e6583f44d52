import { dirname } from 'node:path';
import type { AnyReader, Machine } from '../readers/reader.ts';
import { logsIn } from './find-logs.ts';
import { textOf } from './log-file.ts';
import type { WatchedPlace } from './scanner-protocol.ts';

/** Of a wide place only the folders of its latest logs are watched; what is new elsewhere is found by looking now and then. */
const mostFolders = 40;
const latestMs = 14 * 86_400_000;

/** The folders to watch for changes of logs. */
export function watchedPlaces(machine: Machine, readers: readonly AnyReader[], now: number): readonly WatchedPlace[] {
  return readers.flatMap((reader) =>
    reader.logs(machine, textOf).flatMap((place): WatchedPlace[] => {
      const { dir, kind, enter } = place;
      if (enter === undefined) return [{ dir, deep: kind !== 'database' }];
      const latest = logsIn(place, reader.id, () => undefined)
        .filter(({ mtimeMs }) => mtimeMs > now - latestMs)
        .sort((a, b) => b.mtimeMs - a.mtimeMs)
        .map(({ path }) => dirname(path));
      return [...new Set(latest)].slice(0, mostFolders).map((folder) => ({ dir: folder, deep: false }));
    }),
  );
}
