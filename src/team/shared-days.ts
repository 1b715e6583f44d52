import { addDays } from '../usage/days.ts';
import { maxCellAgeDays } from './protocol/limits.ts';
import type { Policy } from './protocol/policy.ts';
import type { Share, TeamState } from './state.ts';

/** The UTC day of a moment: `2026-11-22`. */
export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** So much earlier than by this machine's clock a server may say that a day is over. */
const mostAheadMs = 3_600_000;

/** First and last UTC day that are shared; from a later day to an earlier one where none is. */
export interface SharedDays {
  readonly from: string;
  readonly to: string;
}

/**
 * The days that are shared at a moment of this machine's clock: by the server's clock complete ones, at most 35 days old; with a
 * policy of hourly or live boards, which says so in plain words, also today. Of a day that is not over here no server learns by
 * telling another time.
 */
export function sharedDays(
  { since }: Share,
  { cadence }: Pick<Policy, 'cadence'>,
  state: Pick<TeamState, 'skewMs'>,
  now: number,
): SharedDays {
  const today = utcDay(serverNow(state, now));
  const own = utcDay(now + mostAheadMs);
  const oldest = addDays(today, -maxCellAgeDays);
  const over = addDays(own < today ? own : today, -1);
  return { from: since > oldest ? since : oldest, to: cadence === 'daily' ? over : today };
}

/** The moment by the server's clock, as far as it is known. */
export function serverNow({ skewMs }: Pick<TeamState, 'skewMs'>, now: number): number {
  return now + skewMs;
}

export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00Z`) / 86_400_000;
}
