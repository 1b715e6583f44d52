import { changedDigits, maxShareOfOne } from '../../team/protocol/limits.ts';
import { type Part, tellsOfNobody, total, valuesOf } from './disclosure.ts';
import { magnitude } from './rounding.ts';

/** Who came and went between a sum that was told and the next one; only those who were not listed by name. */
export interface Change {
  /** Day of the earlier sum, days since the epoch. */
  readonly day: number;
  /** The earlier sum, all its digits; of several that were the same members', the largest. */
  readonly total: number;
  readonly joined: readonly number[];
  readonly left: readonly number[];
  /** Those who left whose parts were too small to be seen in a rounded sum. */
  readonly small: readonly number[];
}

/** How finely a sum may be told beside earlier ones. */
export type Fineness = 'full' | 'rounded' | 'withheld';

/**
 * Compares a sum with all that were told before it, of which `changes` tells from the latest to the earliest who came and
 * went since: the difference to none of them may tell of a single member. What those used who left is not known any
 * more, but whether it was too small to be seen. Those whose rows ever told them by name (`named`) hide nobody.
 */
export function finenessBeside(
  changes: readonly Change[],
  parts: readonly Part[],
  named: ReadonlySet<number>,
  k: number,
): Fineness {
  const now = new Map(parts.map((part) => [part.member, part]));
  const sum = total(parts.map(({ value }) => value));
  const joined = new Set<number>();
  const left = new Set<number>();
  const small = new Set<number>();
  let fineness: Fineness = 'full';
  for (const change of changes) {
    // Who joined and left again between two sums is in neither, and who left and came back is in both.
    for (const member of change.joined) if (!left.delete(member)) joined.add(member);
    for (const member of change.left) if (!joined.delete(member)) left.add(member);
    for (const member of change.small) small.add(member);
    const here = [...joined].flatMap((member) => now.get(member) ?? []);
    const coming = here.filter(({ value, listing }) => value > 0 && listing !== 'name');
    const one = hidesComing(coming, named, k) ? finenessOf(coming, [...left], small, sum, change.total, k) : 'withheld';
    if (one === 'withheld') return one;
    if (one === 'rounded') fineness = one;
  }
  return fineness;
}

/** The step between two rounded sums of that size. */
export function roundedStep(sum: number): number {
  return sum <= 0 ? 0 : 10 ** (magnitude(sum) - (changedDigits - 1));
}

/** Whether those who came hide each other, and still do without those whose rows once told them. */
function hidesComing(coming: readonly Part[], named: ReadonlySet<number>, k: number): boolean {
  const unknown = coming.filter(({ member }) => !named.has(member));
  return coming.length === 0 || (tellsOfNobody(valuesOf(coming), k) && tellsOfNobody(valuesOf(unknown), k));
}

function finenessOf(
  coming: readonly Part[],
  left: readonly number[],
  small: ReadonlySet<number>,
  now: number,
  before: number,
  k: number,
): Fineness {
  if (coming.length + left.length === 0) return 'full';
  // A sum that has shrunk is told in smaller steps, in which they might be seen.
  const coarse = roundedStep(now) >= roundedStep(before);
  const unseen = coarse && left.length < k && left.every((member) => small.has(member));
  if (coming.length === 0) return unseen ? 'rounded' : 'withheld';
  if (left.length === 0) return 'full';
  // None of those who left made over half of the sum that they were in.
  const cover = total(valuesOf(coming));
  const covers = cover >= before * maxShareOfOne || (unseen && cover >= roundedStep(now));
  return covers ? 'full' : 'withheld';
}
