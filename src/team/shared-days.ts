import { addDays } from '../usage/days.ts';
import { maxCellAgeDays } from './protocol/limits.ts';
import type { Policy } from './protocol/policy.ts';
import type { Share, TeamState } from './state.ts';

/** The UTC day of a moment: `2026-11-22`. */
export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** First and last UTC day that are shared; from a later day to an earlier one where none is. */
export interface SharedDays {
  readonly from: string;
  readonly to: string;
}

/**
 * The days that are shared at a moment of the server's clock: complete ones, at most 35 days old; with a policy of hourly or live
 * boards, which says so in plain words, also today.
 */
export function sharedDays({ since }: Share, policy: Policy, now: number): SharedDays {
  const today = utcDay(now);
  const oldest = addDays(today, -maxCellAgeDays);
  return { from: since > oldest ? since : oldest, to: policy.cadence === 'daily' ? addDays(today, -1) : today };
}

/** The moment by the server's clock, as far as it is known. */
export function serverNow({ skewMs }: Pick<TeamState, 'skewMs'>, now: number): number {
  return now + skewMs;
}

export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00Z`) / 86_400_000;
}
