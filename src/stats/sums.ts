import type { Sums } from '../usage/tally.ts';

/** Sums that are still being added to. */
export type RunningSums = { -readonly [name in keyof Sums]: number };

/** Sums of nothing. */
export function noSums(): RunningSums {
  return {
    input: 0,
    output: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    reasoning: 0,
    events: 0,
    webSearches: 0,
    costNanoUSD: 0,
    reportedNanoUSD: 0,
    unpricedTokens: 0,
    estimatedTokens: 0,
  };
}

/** Adds sums to others in place. */
export function add(sums: RunningSums, more: Sums): void {
  sums.input += more.input;
  sums.output += more.output;
  sums.cacheRead += more.cacheRead;
  sums.cacheWrite5m += more.cacheWrite5m;
  sums.cacheWrite1h += more.cacheWrite1h;
  sums.reasoning += more.reasoning;
  sums.events += more.events;
  sums.webSearches += more.webSearches;
  sums.costNanoUSD += more.costNanoUSD;
  sums.reportedNanoUSD += more.reportedNanoUSD;
  sums.unpricedTokens += more.unpricedTokens;
  sums.estimatedTokens += more.estimatedTokens;
}

/** The sum of all of these. */
export function sumOf(all: Iterable<Sums>): Sums {
  const sums = noSums();
  for (const one of all) add(sums, one);
  return sums;
}
