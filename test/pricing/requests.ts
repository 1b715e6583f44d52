import type { TokenCounts } from '../../src/usage/usage-event.ts';

/** Token counts of which only some matter. */
export function tokens(used: Partial<TokenCounts>): TokenCounts {
  return { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0, ...used };
}

/** Epoch milliseconds of an ISO date. */
export function at(date: string): number {
  return Date.parse(date);
}

/** Whole nano-USD of an amount in USD. */
export function nano(usd: number): number {
  return Math.round(usd * 1e9);
}
