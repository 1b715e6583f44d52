import type { MetricId } from '../../team/protocol/terms.ts';
import type { Listing } from './disclosure.ts';
import { type ListingRules, listable, type Participant } from './participant.ts';

/** A place in the rows of a board. */
export interface Place {
  readonly one: Participant;
  /** Equal values share a rank; the next one counts all before it: 1, 1, 3. */
  readonly rank: number;
  readonly value: number;
  readonly listing: Listing;
}

/** All that decides who stands in which place. */
export interface Contest {
  readonly board: number;
  readonly metric: MetricId;
  readonly rules: ListingRules;
  /** An order for equal ones that tells nothing else about them. */
  readonly tieBreak: (member: number) => number;
}

/** The first by rank in a metric. Ranks count those alone who may be listed, so that no gap tells of anyone else. */
export function placesOn(people: readonly Participant[], { board, metric, rules, tieBreak }: Contest): Place[] {
  const values = new Float64Array(people.length);
  let listed = 0;
  for (const one of people) {
    const value = one.values[metric] ?? 0;
    if (value > 0 && listable(one, board, rules) !== 'none') values[listed++] = value;
  }
  const least = nthLargest(values.subarray(0, listed), rules.topN);
  const contenders: { one: Participant; value: number; tie: number }[] = [];
  for (const one of people) {
    const value = one.values[metric] ?? 0;
    if (value <= 0 || value < least || listable(one, board, rules) === 'none') continue;
    contenders.push({ one, value, tie: tieBreak(one.member) });
  }
  contenders.sort((a, b) => b.value - a.value || a.tie - b.tie);
  let rank = 0;
  return contenders.slice(0, rules.topN).map(({ one, value }, index) => {
    if (value !== contenders[index - 1]?.value) rank = index + 1;
    return { one, rank, value, listing: listable(one, board, rules) };
  });
}

/** The median of values; the mean of the middle two where they are even in number. Undefined for none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Sorting numbers alone is many times faster than sorting all who have them. Sorts in place. */
function nthLargest(values: Float64Array, n: number): number {
  return values.sort().at(-n) ?? 0;
}
