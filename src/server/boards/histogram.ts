import { magnitude } from './rounding.ts';

/** A bin of a distribution: from its lower bound to the next bin's, the last one without end. */
export interface Bin {
  readonly from: number;
  /** Share of the active members in it, in steps of 5 %. */
  readonly percent: number;
}

const stepPercent = 5;

/**
 * How values are distributed over bins of 1, 2 and 5 times powers of ten, neighbours joined until each holds at least k
 * members. Undefined where that leaves a single bin, which would tell nothing.
 */
export function histogram(values: readonly number[], k: number): readonly Bin[] | undefined {
  const sorted = Float64Array.from(values.filter((value) => value > 0)).sort();
  const bins: { from: number; count: number }[] = [];
  let next = 0;
  for (const value of sorted) {
    const last = bins.at(-1);
    if (last !== undefined && (value < next || last.count < k)) last.count++;
    else bins.push({ from: boundBelow(value), count: 1 });
    if (value >= next) next = boundAbove(value);
  }
  // What is left over at the top is too few to stand alone.
  const top = bins.at(-1);
  const below = bins.at(-2);
  if (top !== undefined && below !== undefined && top.count < k) {
    below.count += top.count;
    bins.pop();
  }
  if (bins.length < 2) return undefined;
  return bins.map(({ from, count }) => ({
    from,
    percent: Math.round((count / sorted.length) * (100 / stepPercent)) * stepPercent,
  }));
}

/** The largest of … 0.5, 1, 2, 5, 10, 20, … that is not above a value. */
function boundBelow(value: number): number {
  const leading = Number(value.toExponential()[0]);
  return bound(leading >= 5 ? 5 : leading >= 2 ? 2 : 1, magnitude(value));
}

/** The smallest of them that is above it. */
function boundAbove(value: number): number {
  const leading = Number(value.toExponential()[0]);
  return bound(leading >= 5 ? 10 : leading >= 2 ? 5 : 2, magnitude(value));
}

/** Read from its decimal form, for powers of ten below one are not exact. */
function bound(leading: number, exponent: number): number {
  return Number(`${leading}e${exponent}`);
}
