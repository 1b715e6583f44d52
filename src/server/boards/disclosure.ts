import type { Withholding } from '../../team/protocol/board.ts';
import { maxShareOfOne, maxShareOfTwo } from '../../team/protocol/limits.ts';

/** How a member's own figure stands beside a sum: under the name, under a pseudonym, or not at all. */
export type Listing = 'name' | 'pseudonym' | 'none';

/** A member's part of a sum. */
export interface Part {
  /** A number that stands for the member on this board alone. */
  readonly member: number;
  /** Not negative; without it the member is not active. */
  readonly value: number;
  readonly listing: Listing;
}

/** What of the active ones among values decides whether their sum tells of somebody. */
interface Tally {
  active: number;
  first: number;
  second: number;
  sum: number;
}

/** Whether a sum of these values tells of nobody: of at least k that are active, none over half of it, no two over 80 %. */
export function tellsOfNobody(values: readonly number[], k: number): boolean {
  const all = emptyTally();
  for (const value of values) add(all, value);
  return weakness(all, k) === undefined;
}

/** Why the sum of a group may not be told beside the rows of those of it who are listed; undefined where it may. */
export function staticReason(parts: readonly Part[], k: number): Withholding | undefined {
  const [all, rest] = [emptyTally(), emptyTally()];
  let unnamed = 0;
  for (const { value, listing } of parts) {
    add(all, value);
    if (listing === 'none') add(rest, value);
    if (value > 0 && listing !== 'name') unnamed++;
  }
  const weak = weakness(all, k);
  if (weak !== undefined) return weak;
  if (unnamed > 0 && unnamed < k) return 'derivable';
  return rest.active > 0 && weakness(rest, k) !== undefined ? 'derivable' : undefined;
}

/** The values of these members. */
export function valuesOf(parts: readonly Part[]): readonly number[] {
  return parts.map(({ value }) => value);
}

/** The sum of values. Of whole numbers it is exact up to 2^53 - 1, and above that whenever the exact sum is. */
export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function emptyTally(): Tally {
  return { active: 0, first: 0, second: 0, sum: 0 };
}

function add(tally: Tally, value: number): void {
  if (!(value > 0)) return;
  tally.active++;
  tally.sum += value;
  if (value > tally.first) [tally.first, tally.second] = [value, tally.first];
  else if (value > tally.second) tally.second = value;
}

function weakness({ active, first, second, sum }: Tally, k: number): 'too_few' | 'dominated' | undefined {
  if (active < k) return 'too_few';
  return first > sum * maxShareOfOne || first + second > sum * maxShareOfTwo ? 'dominated' : undefined;
}
