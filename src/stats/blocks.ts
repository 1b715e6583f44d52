import { quarterMs } from '../usage/tally.ts';

const hourMs = 3_600_000;

/** Length of a block. */
export const blockMs = 5 * hourMs;

/** Start of the block that a quarter falls in, epoch milliseconds. */
export type BlockOf = (quarter: number) => number;

/**
 * The 5-hour blocks of these quarters of an hour, in any order: a block starts at the UTC hour of its first use, and the
 * next one with the first use five hours later or more. A quarter before all of them is a block of its own.
 */
export function blocksOf(quarters: Iterable<number>): BlockOf {
  const starts: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const quarter of [...new Set(quarters)].sort((a, b) => a - b)) {
    const time = quarter * quarterMs;
    if (time < end) continue;
    const start = utcHour(time);
    starts.push(start);
    end = start + blockMs;
  }
  return (quarter) => {
    const time = quarter * quarterMs;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return starts[low - 1] ?? utcHour(time);
  };
}

function utcHour(time: number): number {
  return Math.floor(time / hourMs) * hourMs;
}
