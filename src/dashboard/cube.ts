/** Places of a row's sums. All are as in the ledger's tallies, but for the last two, which are added up on loading. */
export const EVENTS = 0;
export const INPUT = 1;
export const OUTPUT = 2;
export const CACHE_READ = 3;
export const CACHE_WRITE_5M = 4;
export const CACHE_WRITE_1H = 5;
export const REASONING = 6;
export const SEARCHES = 7;
export const COST = 8;
export const REPORTED = 9;
export const UNPRICED = 10;
export const ESTIMATED = 11;
export const TOKENS = 12;
/** Sums a row. */
export const WIDTH = 13;

/** Places of a row's keys: its quarter of an hour since the epoch, and the ledger's ids of its series and its origin. */
export const QUARTER = 0;
export const SERIES = 1;
export const ORIGIN = 2;
/** Keys a row. */
export const KEYS = 3;

export const quartersADay = 96;

/** The tallies of one UTC day, in order of time. */
export interface DayBlock {
  /** Days since the epoch. */
  readonly day: number;
  readonly rows: number;
  readonly keys: Int32Array;
  readonly sums: Float64Array;
}

/** The ledger's tallies in memory, day by day, so that a day whose sums have changed is replaced alone. */
export interface Cube {
  /** In order of time. */
  readonly blocks: readonly DayBlock[];
  /** The first UTC day that is loaded; all later ones are as well. Minus infinity once all are. */
  readonly from: number;
  /** Rises whenever anything changes. */
  readonly version: number;
  /** Puts days in place of those of the span, both UTC days, the end not included. */
  replace(since: number, until: number, blocks: readonly DayBlock[]): void;
  /** All from this day on is loaded. */
  reaches(day: number): void;
  clear(): void;
}

/** A cube that holds nothing yet. */
export function emptyCube(): Cube {
  let blocks: readonly DayBlock[] = [];
  let from = Number.POSITIVE_INFINITY;
  let version = 0;
  return {
    get blocks() {
      return blocks;
    },
    get from() {
      return from;
    },
    get version() {
      return version;
    },
    replace(since, until, replacing) {
      const before = blocks.slice(0, firstFrom(blocks, since));
      const after = blocks.slice(firstFrom(blocks, until));
      blocks = [...before, ...replacing.filter(({ rows }) => rows > 0), ...after];
      version++;
    },
    reaches(day) {
      from = day;
      version++;
    },
    clear() {
      blocks = [];
      from = Number.POSITIVE_INFINITY;
      version++;
    },
  };
}

/** Index of the first block of this UTC day or later. */
export function firstFrom(blocks: readonly DayBlock[], day: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle] as DayBlock).day < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
