import type { PlaceSurvey } from '../ledger/survey.ts';
import { foldPaths } from './fold-paths.ts';
import { counted } from './notes.ts';
import { fileSize } from './progress.ts';
import { wrap } from './terminal-text.ts';
import { tildePath } from './tilde-path.ts';

/** A line for each folder that was looked at: what logs are in it, or that it is not there; such folders that are alike share a line. */
export function placeLines(places: readonly PlaceSurvey[], home: string, width: number): string[] {
  const dirs = [...new Set(places.map((place) => place.dir))];
  const isThere = (dir: string): boolean => places.some((place) => place.dir === dir && place.exists);
  const found = dirs.filter(isThere).map((dir) => {
    const same = places.filter((place) => place.dir === dir);
    const files = same.reduce((sum, place) => sum + place.files, 0);
    const bytes = same.reduce((sum, place) => sum + place.bytes, 0);
    const state = files === 0 ? 'there, but without logs' : `${counted(files, 'log')}, ${fileSize(bytes)}`;
    return `  ${tildePath(dir, home)}: ${state}`;
  });
  const missing = foldPaths(dirs.filter((dir) => !isThere(dir)).map((dir) => tildePath(dir, home)));
  return [...found, ...missing.map((path) => `  ${path}: not there`)].flatMap((line) => wrap(line, width, '    '));
}
