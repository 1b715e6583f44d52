/** A member who may be listed, with the value that ranks. */
export interface Contender {
  readonly member: number;
  readonly value: number;
}

export interface Ranked<Who extends Contender> {
  readonly who: Who;
  /** Equal values share a rank; the next one counts all before it: 1, 1, 3. */
  readonly rank: number;
}

/** Those with a value, the largest first. Equal ones stand in an order that their shares in nothing else tell. */
export function ranked<Who extends Contender>(contenders: readonly Who[]): readonly Ranked<Who>[] {
  const sorted = contenders.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value || a.member - b.member);
  let rank = 0;
  return sorted.map((who, index) => {
    if (index === 0 || who.value !== sorted[index - 1]?.value) rank = index + 1;
    return { who, rank };
  });
}

export interface Standing {
  readonly rank: number;
  /** 100 is the top: the share of all with a value that do not stand above, in whole percent. */
  readonly percentile: number;
  /** What is missing to the next higher value; undefined at the top. */
  readonly toNext: number | undefined;
}

/** Where a value stands among others' values, which are sorted from the largest; undefined without a value. */
export function standing(value: number, sorted: readonly number[]): Standing | undefined {
  if (!(value > 0)) return undefined;
  const above = countAbove(value, sorted);
  const next = sorted[above - 1];
  return {
    rank: above + 1,
    percentile: sorted.length === 0 ? 100 : Math.round(((sorted.length - above) / sorted.length) * 100),
    toNext: next === undefined ? undefined : next - value,
  };
}

/** The median of values; the mean of the middle two where they are even in number. Undefined for none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function countAbove(value: number, sorted: readonly number[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > value) low = middle + 1;
    else high = middle;
  }
  return low;
}
