import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readers } from '../../src/readers/index.ts';
import type { LogPlace, Machine } from '../../src/readers/reader.ts';

/** Whether any AI tool has left a log on this machine. */
export function hasLogs(machine: Machine): boolean {
  return readers.some((reader) => reader.logs(machine).some((place) => holdsLog(place, '', place.depth ?? 12)));
}

function holdsLog(place: LogPlace, below: string, depth: number): boolean {
  const entries = entriesOf(join(place.dir, below));
  const path = (name: string) => (below === '' ? name : `${below}/${name}`);
  return (
    entries.some((entry) => entry.isFile() && place.files.test(path(entry.name))) ||
    (depth > 0 && entries.some((entry) => entry.isDirectory() && holdsLog(place, path(entry.name), depth - 1)))
  );
}

/** A folder that is missing or closed to us holds no logs for us. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
