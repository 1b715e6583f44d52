import type { UsageEvent } from '../usage/usage-event.ts';

/** Above every rank that a count gives. */
export const takenBackRank = 2 ** 52;

/**
 * Takes back what another source of the tool tells under a key: whichever of the two is read first, nothing is left of it.
 * `event` gives its time and names, which must be sane although nobody sees them.
 */
export function takenBack(key: string, event: UsageEvent): UsageEvent {
  const tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 };
  return { ...event, key, tokens, rank: takenBackRank, copy: true, webSearches: 0, reportedUSD: undefined };
}
