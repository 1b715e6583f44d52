import type { UsageEvent } from '../usage/usage-event.ts';

/** The largest count that one request can have; a greater one is a broken log's. */
const mostTokens = 1e9;
/** No date is further from the epoch, in milliseconds. */
const latestDate = 8.64e15;
const mostSearches = 1e6;
const mostUSD = 1e6;

/** Whether a request has a date, and no absurd count. */
export function isSane(event: Omit<UsageEvent, 'key'>): boolean {
  const { tokens, time, webSearches = 0, reportedUSD = 0, rank = 0 } = event;
  return (
    Math.abs(time) <= latestDate &&
    isCount(tokens.input, mostTokens) &&
    isCount(tokens.output, mostTokens) &&
    isCount(tokens.cacheRead, mostTokens) &&
    isCount(tokens.cacheWrite5m, mostTokens) &&
    isCount(tokens.cacheWrite1h, mostTokens) &&
    isCount(tokens.reasoning, mostTokens) &&
    isCount(webSearches, mostSearches) &&
    reportedUSD >= 0 &&
    reportedUSD <= mostUSD &&
    Number.isSafeInteger(rank)
  );
}

/** Only a whole number from 0 is what its own lowest 32 bits say, up to 2^32. */
function isCount(value: number, most: number): boolean {
  return value >>> 0 === value && value <= most;
}
