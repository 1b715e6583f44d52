import { realpathSync } from 'node:fs';
import { slashed } from './machine.ts';

/** Where a path really leads, links resolved; itself where nothing is. Each path is asked for once. */
export function realPaths(): (path: string) => string {
  const known = new Map<string, string>();
  return (path) => {
    let real = known.get(path);
    if (real === undefined) {
      real = realOf(path);
      known.set(path, real);
    }
    return real;
  };
}

function realOf(path: string): string {
  try {
    return slashed(realpathSync(path));
  } catch {
    return path;
  }
}
