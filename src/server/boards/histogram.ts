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
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const bins: { from: number; count: number }[] = [];
  for (const value of sorted) {
    const from = lowerBound(value);
    const last = bins.at(-1);
    if (last !== undefined && (last.from === from || last.count < k)) last.count++;
    else bins.push({ from, count: 1 });
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

/** The largest of 1, 2, 5, 10, 20, … that is not above a value. Below one the same goes on: 0.5, 0.2, 0.1, … */
function lowerBound(value: number): number {
  const exponent = Math.floor(Math.log10(value));
  const power = exponent < 0 ? 1 / 10 ** -exponent : 10 ** exponent;
  const leading = value / power;
  return (leading >= 5 ? 5 : leading >= 2 ? 2 : 1) * power;
}
