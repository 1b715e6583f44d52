import type { Withholding } from '../../team/protocol/board.ts';
import { changedDigits, coarseDigits, retention, rowDigits } from '../../team/protocol/limits.ts';
import { type Change, type Fineness, finenessBeside, roundedStep } from './comparison.ts';
import { type Part, staticReason, total, valuesOf } from './disclosure.ts';
import { type Members, membersIn } from './members.ts';
import { roundTo } from './rounding.ts';

/** What is kept of the sums of a group that were told, so that no two of them can be compared to learn of a single member. */
export interface SumState {
  /** Day of the last sum that was told, days since the epoch. */
  readonly day: number;
  /** Whose parts were in it. */
  readonly members: readonly number[];
  /** Those of them whose own figures were not listed by name beside it. */
  readonly hidden: readonly number[];
  /** Those of the hidden whose parts were always too small to be seen in a rounded sum. */
  readonly small: readonly number[];
  /** The same of a sum of a single digit. */
  readonly fair: readonly number[];
  /** Those whose rows have ever told them by name beside such a sum. */
  readonly named: readonly number[];
  /** The largest of the last sums of those same members, all its digits. */
  readonly total: number;
  /** From each sum before it to the next one that was another's, the latest first. */
  readonly changes: readonly Change[];
}

/** A sum that may be told. */
export interface Sum {
  /** Whose parts are in it. New members may have to wait until they are enough. */
  readonly members: readonly number[];
  /** Rounded to its digits. */
  readonly total: number;
  /** Significant digits that are told: those of every row, two, or one. */
  readonly digits: number;
}

export interface SumDecision {
  readonly sum: Sum | undefined;
  /** Undefined where the sum is told. */
  readonly withheld: Withholding | undefined;
  /** To be kept for the next decision. */
  readonly state: SumState | undefined;
}

/** What a decision is made by, besides the parts. */
export interface Circumstances {
  /** Days since the epoch. */
  readonly day: number;
  /** The least number of members in a sum. */
  readonly k: number;
}

/**
 * Decides whether the sum of a group may be told beside those that were told before. Two ways are tried in turn: with
 * everybody, and without those who are new, so that few newcomers wait for more of them.
 */
export function decideSum(parts: readonly Part[], before: SumState | undefined, about: Circumstances): SumDecision {
  if (before === undefined) return tell(parts, [], 'full', undefined, about);
  const known = membersIn(before.members);
  // Who is listed by name tells their part anyway.
  const isNew = ({ member, listing }: Part) => !known.has(member) && listing !== 'name';
  const stayed = parts.filter((part) => !isNew(part));
  // Who is new and has used nothing yet would only show when they begin.
  const everybody = parts.filter((part) => !isNew(part) || part.value > 0);
  let reason: Withholding | undefined;
  for (const group of everybody.length > stayed.length ? [everybody, stayed] : [stayed]) {
    const changes = [changeTo(group, known, before), ...before.changes].filter(
      (change) => about.day - change.day <= retention.days,
    );
    const named = new Set([...before.named, ...namedOf(group)]);
    const fineness = finenessBeside(changes, group, named, about.k);
    const decision = tell(group, changes, fineness, { state: before, known }, about);
    if (decision.sum !== undefined) return decision;
    reason = decision.withheld;
  }
  return { sum: undefined, withheld: reason, state: before };
}

/** Who is hidden and came or went since the last sum. */
function changeTo(group: readonly Part[], known: Members, { day, total, hidden, small, fair }: SumState): Change {
  const here = membersIn(group.map(({ member }) => member));
  const left = hidden.filter((member) => !here.has(member));
  const gone = new Set(left);
  const joined = group.filter(({ member, listing }) => listing !== 'name' && !known.has(member));
  return {
    day,
    total,
    joined: joined.map(({ member }) => member),
    left,
    small: small.filter((member) => gone.has(member)),
    fair: fair.filter((member) => gone.has(member)),
  };
}

/** The state of the last sum, and whose parts were in it. */
interface Earlier {
  readonly state: SumState;
  readonly known: Members;
}

function tell(
  parts: readonly Part[],
  changes: readonly Change[],
  fineness: Fineness,
  before: Earlier | undefined,
  { day, k }: Circumstances,
): SumDecision {
  const exact = total(valuesOf(parts));
  // Beyond that a sum of whole numbers is no longer exact.
  const tooLarge = exact > Number.MAX_SAFE_INTEGER ? 'too_large' : undefined;
  const withheld = staticReason(parts, k) ?? (fineness === 'withheld' ? 'derivable' : tooLarge);
  if (withheld !== undefined) return { sum: undefined, withheld, state: before?.state };
  const members = parts.map(({ member }) => member);
  const digits = { full: rowDigits, rounded: changedDigits, coarse: coarseDigits }[
    fineness === 'withheld' ? 'coarse' : fineness
  ];
  const hidden = parts.filter(({ listing }) => listing !== 'name');
  const alwaysBelow = (step: number, last: readonly number[] = []): number[] => {
    const below = membersIn(last);
    const found: number[] = [];
    for (const { member, value } of hidden) {
      if (value <= step / k && (before?.known.has(member) !== true || below.has(member))) found.push(member);
    }
    return found;
  };
  return {
    sum: { members, total: roundTo(exact, digits), digits },
    withheld: undefined,
    state: {
      day,
      members,
      hidden: hidden.map(({ member }) => member),
      small: alwaysBelow(roundedStep(exact, changedDigits), before?.state.small),
      fair: alwaysBelow(roundedStep(exact, coarseDigits), before?.state.fair),
      named: [...new Set([...(before?.state.named ?? []), ...namedOf(parts)])],
      total: changes[0] !== undefined && isEmpty(changes[0]) ? Math.max(exact, changes[0].total) : exact,
      changes: changes.filter((change) => !isEmpty(change)),
    },
  };
}

function isEmpty({ joined, left }: Change): boolean {
  return joined.length + left.length === 0;
}

function namedOf(parts: readonly Part[]): readonly number[] {
  return parts.filter(({ listing }) => listing === 'name').map(({ member }) => member);
}
