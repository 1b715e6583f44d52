import type { Sums } from '../usage/tally.ts';
import {
  CACHE_READ,
  CACHE_WRITE_1H,
  CACHE_WRITE_5M,
  COST,
  ESTIMATED,
  EVENTS,
  INPUT,
  OUTPUT,
  REASONING,
  REPORTED,
  SEARCHES,
  TOKENS,
  UNPRICED,
  WIDTH,
} from './cube.ts';
import type { Amounts } from './protocol/amounts.ts';

export type CostSource = 'list' | 'reported';

/** Sums of groups that are numbered from 0. */
export interface SumTable {
  readonly groups: number;
  readonly data: Float64Array;
}

export function sumTable(groups: number): SumTable {
  return { groups, data: new Float64Array(groups * WIDTH) };
}

/** Adds the row at a place of other sums to a group. */
export function addTo({ data }: SumTable, group: number, sums: Float64Array, place: number): void {
  const start = group * WIDTH;
  for (let column = 0; column < WIDTH; column++) {
    data[start + column] = (data[start + column] as number) + (sums[place + column] as number);
  }
}

/** One sum of a group. */
export function sumAt({ data }: SumTable, group: number, column: number): number {
  return data[group * WIDTH + column] as number;
}

/** A group's sums as a view shows them. */
export function amountsAt(table: SumTable, group: number, source: CostSource): Amounts {
  const at = (column: number): number => sumAt(table, group, column);
  const cacheRead = at(CACHE_READ);
  const cacheWrite = at(CACHE_WRITE_5M) + at(CACHE_WRITE_1H);
  const allInput = at(INPUT) + cacheWrite + cacheRead;
  return {
    tokens: at(TOKENS),
    fresh: at(TOKENS) - cacheRead,
    input: at(INPUT),
    output: at(OUTPUT),
    cacheWrite,
    cacheRead,
    reasoning: at(REASONING),
    requests: at(EVENTS),
    costNanoUSD: costAt(table, group, source),
    unpricedTokens: at(UNPRICED),
    estimatedTokens: at(ESTIMATED),
    cacheShare: allInput > 0 ? cacheRead / allInput : null,
  };
}

/** What a group cost, nano-USD; null where nothing of it has a price, or no tool has reported what it cost. */
export function costAt(table: SumTable, group: number, source: CostSource): number | null {
  const at = (column: number): number => sumAt(table, group, column);
  if (source === 'reported') return at(REPORTED) > 0 ? at(REPORTED) : null;
  return at(TOKENS) - at(UNPRICED) > 0 || at(COST) > 0 ? at(COST) : null;
}

/** The sums of some groups as one table of a single group. */
export function togetherOf(table: SumTable, groups: Iterable<number>): SumTable {
  const all = sumTable(1);
  for (const group of groups) addTo(all, 0, table.data, group * WIDTH);
  return all;
}

/** A group's sums by their names. */
export function sumsAt(table: SumTable, group: number): Sums {
  const at = (column: number): number => sumAt(table, group, column);
  return {
    events: at(EVENTS),
    input: at(INPUT),
    output: at(OUTPUT),
    cacheRead: at(CACHE_READ),
    cacheWrite5m: at(CACHE_WRITE_5M),
    cacheWrite1h: at(CACHE_WRITE_1H),
    reasoning: at(REASONING),
    webSearches: at(SEARCHES),
    costNanoUSD: at(COST),
    reportedNanoUSD: at(REPORTED),
    unpricedTokens: at(UNPRICED),
    estimatedTokens: at(ESTIMATED),
  };
}
