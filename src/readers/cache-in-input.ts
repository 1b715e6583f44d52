import type { TokenCounts } from '../usage/usage-event.ts';

/** Counts as a tool tells them whose input holds what was read from and written to a cache, and whose output holds the reasoning. */
export interface ToldCounts {
  /** Input, cache included; less than the cache where a tool tells them apart after all. */
  readonly all: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly reasoning: number;
}

/** The same in the project's normal form. */
export function apart({ all, output, cacheRead, cacheWrite, reasoning }: ToldCounts): TokenCounts {
  const cached = cacheRead + cacheWrite;
  return {
    input: all >= cached ? all - cached : all,
    output,
    cacheRead,
    cacheWrite5m: cacheWrite,
    cacheWrite1h: 0,
    reasoning: Math.min(reasoning, output),
  };
}
