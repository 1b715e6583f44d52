import { listPriceUSD } from '../stats/list-price.ts';
import type { Report } from '../stats/report.ts';
import type { Sums } from '../usage/tally.ts';

/** What a report was asked for, as scripts get it back. */
export interface ReportFrame {
  /** IANA name of the zone whose days and hours count. */
  readonly timezone: string;
  /** First day, `2026-05-12`; null for no bound. */
  readonly since: string | null;
  /** Last day, inclusive; null for no bound. */
  readonly until: string | null;
  readonly pricesVersion: string;
  /** Whether prices are wanted: else every `costUSD` is null. */
  readonly cost: boolean;
}

/** The names of a row's figures, in the order that scripts see. */
export const measureNames = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'reasoning',
  'events',
  'costUSD',
  'unpricedTokens',
  'estimatedTokens',
] as const;

export type Measures = Readonly<Record<(typeof measureNames)[number], number | null>>;

/** The figures that scripts rely on. USD is unrounded, and null where nothing is priced. */
export function measuresOf(sums: Sums, cost: boolean): Measures {
  return {
    input: sums.input,
    output: sums.output,
    cacheRead: sums.cacheRead,
    cacheWrite: sums.cacheWrite5m + sums.cacheWrite1h,
    reasoning: sums.reasoning,
    events: sums.events,
    costUSD: cost ? listPriceUSD(sums) : null,
    unpricedTokens: sums.unpricedTokens,
    estimatedTokens: sums.estimatedTokens,
  };
}

/** The report as one JSON object on one line. */
export function reportJSON(report: Report, frame: ReportFrame): string {
  const { timezone, since, until, pricesVersion, cost } = frame;
  return JSON.stringify({
    by: report.by,
    timezone,
    since,
    until,
    pricesVersion,
    rows: report.rows.map((row) => ({
      ...Object.fromEntries(report.by.map((dimension, index) => [dimension, row.keys[index] ?? ''])),
      ...measuresOf(row.sums, cost),
    })),
    totals: measuresOf(report.totals, cost),
  });
}
