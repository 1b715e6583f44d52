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

/** Whether a sum of these values tells of nobody: of at least k that are active, none over half of it, no two over 80 %. */
export function tellsOfNobody(values: readonly number[], k: number): boolean {
  return weakness(values, k) === undefined;
}

/** Why the sum of a group may not be told beside the rows of those of it who are listed; undefined where it may. */
export function staticReason(parts: readonly Part[], k: number): Withholding | undefined {
  const active = parts.filter(({ value }) => value > 0);
  const weak = weakness(valuesOf(active), k);
  if (weak !== undefined) return weak;
  const unnamed = active.filter(({ listing }) => listing !== 'name');
  if (unnamed.length > 0 && unnamed.length < k) return 'derivable';
  const rest = active.filter(({ listing }) => listing === 'none');
  return rest.length > 0 && !tellsOfNobody(valuesOf(rest), k) ? 'derivable' : undefined;
}

/** The values of these members. */
export function valuesOf(parts: readonly Part[]): readonly number[] {
  return parts.map(({ value }) => value);
}

/** The sum of values. Of whole numbers it is exact up to 2^53 - 1, and above that whenever the exact sum is. */
export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function weakness(values: readonly number[], k: number): 'too_few' | 'dominated' | undefined {
  const active = values.filter((value) => value > 0);
  if (active.length < k) return 'too_few';
  let [first, second, sum] = [0, 0, 0];
  for (const value of active) {
    sum += value;
    if (value > first) [first, second] = [value, first];
    else if (value > second) second = value;
  }
  return first > sum * maxShareOfOne || first + second > sum * maxShareOfTwo ? 'dominated' : undefined;
}
