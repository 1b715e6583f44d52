import { quarterMs } from '../usage/tally.ts';

/** A longer pause ends a stretch of work. */
const longestPauseMs = 30 * 60_000;

const longestPauseQuarters = longestPauseMs / quarterMs;

/**
 * The quarters of an hour by which active time grows when the next quarter with a request follows the last one; the first has
 * none before it. Quarters without a request count where they are no more than half an hour in a row.
 */
export function activeQuarters(last: number | undefined, next: number): number {
  if (last === undefined || next - last - 1 > longestPauseQuarters) return 1;
  return next - last;
}
