import { changedDigits, coarseDigits, maxShareOfOne } from '../../team/protocol/limits.ts';
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
  /** Those who left whose parts were too small to be seen in a rounded sum, and in one of a single digit. */
  readonly small: readonly number[];
  readonly fair: readonly number[];
}

/** How finely a sum may be told beside earlier ones. */
export type Fineness = 'full' | 'rounded' | 'coarse' | 'withheld';

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
  const now = joinedIn(changes, parts);
  const sum = total(valuesOf(parts));
  const joined = new Set<number>();
  const left = new Set<number>();
  const small = new Set<number>();
  const fair = new Set<number>();
  let fineness: Fineness = 'full';
  for (const change of changes) {
    // Who joined and left again between two sums is in neither, and who left and came back is in both.
    for (const member of change.joined) if (!left.delete(member)) joined.add(member);
    for (const member of change.left) if (!joined.delete(member)) left.add(member);
    for (const member of change.small) small.add(member);
    for (const member of change.fair) fair.add(member);
    const here = [...joined].flatMap((member) => now.get(member) ?? []);
    const coming = here.filter(({ value, listing }) => value > 0 && listing !== 'name');
    const one = hidesComing(coming, named, k)
      ? finenessOf(coming, [...left], { small, fair }, sum, change.total)
      : 'withheld';
    if (one === 'withheld') return one;
    if (one === 'coarse' || (one === 'rounded' && fineness === 'full')) fineness = one;
  }
  return fineness;
}

/** The parts of those who joined at any time: few of all. */
function joinedIn(changes: readonly Change[], parts: readonly Part[]): ReadonlyMap<number, Part> {
  const ever = new Set(changes.flatMap(({ joined }) => joined));
  const now = new Map<number, Part>();
  if (ever.size > 0) for (const part of parts) if (ever.has(part.member)) now.set(part.member, part);
  return now;
}

/** The step between two sums of that size that are rounded to so many digits. */
export function roundedStep(sum: number, digits: number): number {
  return sum <= 0 ? 0 : 10 ** (magnitude(sum) - (digits - 1));
}

/** Whether those who came hide each other, and still do without those whose rows once told them. */
function hidesComing(coming: readonly Part[], named: ReadonlySet<number>, k: number): boolean {
  const unknown = coming.filter(({ member }) => !named.has(member));
  return coming.length === 0 || (tellsOfNobody(valuesOf(coming), k) && tellsOfNobody(valuesOf(unknown), k));
}

/** Those whose parts were always too small to be seen in a rounded sum, and in one of a single digit. */
interface Unseen {
  readonly small: ReadonlySet<number>;
  readonly fair: ReadonlySet<number>;
}

function finenessOf(
  coming: readonly Part[],
  left: readonly number[],
  { small, fair }: Unseen,
  now: number,
  before: number,
): Fineness {
  if (coming.length + left.length === 0) return 'full';
  const allSmall = left.every((member) => small.has(member));
  const allFair = left.every((member) => fair.has(member));
  // A part is at most a kth of a step of the sum that it was in. Where those of the sum of now are not smaller, all parts together
  // are either less than a step, or those of at least k of whom none makes much.
  const [fine, wide] = [roundedStep(now, changedDigits), roundedStep(now, coarseDigits)];
  const isRounded = allSmall && fine >= roundedStep(before, changedDigits);
  const isCoarse =
    (allSmall && wide >= roundedStep(before, changedDigits)) || (allFair && wide >= roundedStep(before, coarseDigits));
  if (coming.length === 0) return isRounded ? 'rounded' : isCoarse ? 'coarse' : 'withheld';
  if (left.length === 0) return 'full';
  // None of those who left made over half of the sum that they were in.
  const cover = total(valuesOf(coming));
  const covers = cover >= before * maxShareOfOne || (isRounded && cover >= fine) || (isCoarse && cover >= wide);
  return covers ? 'full' : 'withheld';
}
