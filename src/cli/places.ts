import type { PlaceSurvey } from '../ledger/survey.ts';
import { counted } from './notes.ts';
import { fileSize } from './progress.ts';
import { wrap } from './terminal-text.ts';
import { tildePath } from './tilde-path.ts';

/** A line for each folder that was looked at: whether it is there, and what logs are in it. */
export function placeLines(places: readonly PlaceSurvey[], home: string, width: number): string[] {
  const dirs = [...new Set(places.map((place) => place.dir))];
  return dirs.flatMap((dir) => {
    const same = places.filter((place) => place.dir === dir);
    const files = same.reduce((sum, place) => sum + place.files, 0);
    const bytes = same.reduce((sum, place) => sum + place.bytes, 0);
    const state = !same.some((place) => place.exists)
      ? 'not there'
      : files === 0
        ? 'there, but without logs'
        : `${counted(files, 'log')}, ${fileSize(bytes)}`;
    return wrap(`  ${tildePath(dir, home)}: ${state}`, width, '    ');
  });
}
