import {
  COPY,
  KEY,
  LOG,
  ORIGIN,
  OWNER_TIME,
  RANK,
  RECORD_TIME,
  REPORTED,
  rowTotal,
  SERIES,
  TIME,
  VERSION,
  WIDTH,
} from './records.ts';

/** Orders names where numbers leave a tie, so that the order of reading never matters. */
export interface NameOrder {
  series(a: number, b: number): number;
  origin(a: number, b: number): number;
}

/** Orders texts by their characters. */
export function compareTexts(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Merges a second record of a request into a first, in place: the counts of the highest rank, the earliest time, the
 * origin of the first record that is no copy. A newer reader's word replaces an older one's. The order of merging does
 * not matter, and merging again changes nothing. Tells whether anything changed.
 */
export function mergeInto(into: Float64Array, a: number, from: Float64Array, b: number, names: NameOrder): boolean {
  const version = value(into, a, VERSION) - value(from, b, VERSION);
  if (version > 0) return false;
  if (version < 0) {
    for (let column = KEY; column < WIDTH; column++) into[a + column] = value(from, b, column);
    return true;
  }
  let changed = false;
  const counts = compareCounts(into, a, from, b, names);
  if (counts < 0) {
    for (let column = RANK; column <= REPORTED; column++) into[a + column] = value(from, b, column);
    into[a + LOG] = value(from, b, LOG);
    changed = true;
  } else if (counts === 0 && value(into, a, LOG) === 0 && value(from, b, LOG) !== 0) {
    // What was fetched from a damaged ledger has found its log.
    into[a + LOG] = value(from, b, LOG);
    changed = true;
  }
  if (value(from, b, TIME) < value(into, a, TIME)) {
    into[a + TIME] = value(from, b, TIME);
    changed = true;
  }
  if (compareOwners(into, a, from, b, names) > 0) {
    for (const column of [ORIGIN, COPY, OWNER_TIME]) into[a + column] = value(from, b, column);
    changed = true;
  }
  return changed;
}

/** Above 0 where the first record's counts are the better ones. */
function compareCounts(x: Float64Array, a: number, y: Float64Array, b: number, names: NameOrder): number {
  const rank = value(x, a, RANK) - value(y, b, RANK);
  if (rank !== 0) return rank;
  const time = value(x, a, RECORD_TIME) - value(y, b, RECORD_TIME);
  if (time !== 0) return time;
  const total = rowTotal(x, a) - rowTotal(y, b);
  if (total !== 0) return total;
  for (let column = SERIES + 1; column <= REPORTED; column++) {
    const difference = value(x, a, column) - value(y, b, column);
    if (difference !== 0) return difference;
  }
  return names.series(value(x, a, SERIES), value(y, b, SERIES));
}

/** Below 0 where the first record owns the request. */
function compareOwners(x: Float64Array, a: number, y: Float64Array, b: number, names: NameOrder): number {
  const copy = value(x, a, COPY) - value(y, b, COPY);
  if (copy !== 0) return copy;
  const time = value(x, a, OWNER_TIME) - value(y, b, OWNER_TIME);
  if (time !== 0) return time;
  return names.origin(value(x, a, ORIGIN), value(y, b, ORIGIN));
}

function value(data: Float64Array, place: number, column: number): number {
  return data[place + column] as number;
}
