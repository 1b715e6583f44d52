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
  const value = ({ values }: Participant): number => values[metric] ?? 0;
  const listed = people.filter((one) => value(one) > 0 && listable(one, board, rules) !== 'none');
  const least = nthLargest(listed.map(value), rules.topN);
  const contenders = listed
    .filter((one) => value(one) >= least)
    .map((one) => ({ one, value: value(one), tie: tieBreak(one.member) }))
    .sort((a, b) => b.value - a.value || a.tie - b.tie)
    .slice(0, rules.topN);
  let rank = 0;
  return contenders.map(({ one, value }, index) => {
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

/** Sorting numbers alone is many times faster than sorting all who have them. */
function nthLargest(values: readonly number[], n: number): number {
  return Float64Array.from(values).sort().at(-n) ?? 0;
}
