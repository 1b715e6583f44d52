import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Random } from '../demo/random.ts';

const most = 200;
const newline = 10;

/** Lengths at which a file is cut: each where it is short; else evenly spread, and about every end of a line. */
export function cutLengths(bytes: Buffer): readonly number[] {
  const step = Math.max(1, Math.floor(bytes.length / most));
  const lengths = new Set<number>();
  for (let length = 0; length < bytes.length; length += step) lengths.add(length);
  for (let feed = bytes.indexOf(newline); feed >= 0; feed = bytes.indexOf(newline, feed + 1))
    for (const length of [feed - 1, feed, feed + 1]) if (length >= 0 && length < bytes.length) lengths.add(length);
  return [...lengths];
}

/** Steps in which files come into being, from any lengths to all of their bytes. Those that are missing stay so. */
export function growthOf(files: readonly string[], random: Random): readonly (() => void)[] {
  const growing = files
    .filter((file) => existsSync(file))
    .map((file) => {
      const bytes = readFileSync(file);
      return { file, bytes, lengths: [1, 2, 3].map(() => random.whole(0, bytes.length)).sort((a, b) => a - b) };
    });
  return [0, 1, 2, 3].map((step) => () => {
    for (const { file, bytes, lengths } of growing) writeFileSync(file, bytes.subarray(0, lengths[step]));
  });
}

/** Some orders of a list: as it is, backwards, and shuffled; a single thing has one. */
export function ordersOf<T>(things: readonly T[], random: Random): readonly (readonly T[])[] {
  if (things.length < 2) return [things];
  const shuffled = (): T[] =>
    things
      .map((thing) => ({ thing, place: random.between(0, 1) }))
      .sort((a, b) => a.place - b.place)
      .map(({ thing }) => thing);
  return [things, things.toReversed(), shuffled(), shuffled()];
}
