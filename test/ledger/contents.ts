import type { Ledger } from '../../src/ledger/ledger.ts';
import { latestLimits } from '../../src/ledger/limits.ts';
import { modelTallies, tallies } from '../../src/ledger/tallies.ts';
import type { Sums } from '../../src/usage/tally.ts';

const counts = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'reasoning'] as const;
const sums = [
  'events',
  ...counts,
  'webSearches',
  'costNanoUSD',
  'reportedNanoUSD',
  'unpricedTokens',
  'estimatedTokens',
] as const satisfies readonly (keyof Sums)[];

/** Sums of tallies, by the name of the sum. */
export type Totals = Readonly<Record<(typeof sums)[number], number>>;

/** Adds up tallies, or anything with their sums. */
export function totalsOf(rows: Iterable<Sums>): Totals {
  const totals = Object.fromEntries(sums.map((name) => [name, 0])) as Record<(typeof sums)[number], number>;
  for (const row of rows) for (const name of sums) totals[name] += row[name];
  return totals;
}

/** All that a ledger counts. */
export function totals(ledger: Ledger): Totals {
  return totalsOf(modelTallies(ledger));
}

/** All tokens that a ledger counts. */
export function tokens(ledger: Ledger): number {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = totals(ledger);
  return input + output + cacheRead + cacheWrite5m + cacheWrite1h;
}

/** A request as the ledger keeps it, with names in place of their numbers, and without the log, whose number depends on chance. */
export type StoredRequest = Readonly<Record<string, string | number | null>>;

/** All requests in a ledger, counted or set aside, in order of their keys. */
export function requests({ database }: Ledger): readonly StoredRequest[] {
  const rows = database
    .prepare(
      `SELECT key, time, rank, record_time, input, output, cache_read, cache_write_5m, cache_write_1h, reasoning,
       searches, reported, copy, owner_time, version, cost, aside, series.tool, provider, model, tier, estimated,
       session, project, branch, subagent
       FROM event JOIN series ON series.id = event.series JOIN origin ON origin.id = event.origin ORDER BY key`,
    )
    .all();
  return rows.map((row) => ({ ...row }) as StoredRequest);
}

/** All that a person could see of a ledger, so that two can be compared. */
export function contents(ledger: Ledger): unknown {
  return {
    requests: requests(ledger),
    tallies: sorted(tallies(ledger)),
    modelTallies: sorted(modelTallies(ledger)),
    limits: latestLimits(ledger),
  };
}

function sorted<Row extends object>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** What the counted requests themselves add up to: the tallies must say the same. */
export function totalsOfRequests(ledger: Ledger): Totals {
  return totalsOf(
    requests(ledger)
      .filter(({ aside }) => aside === 0)
      .map((row) => sumsOf(row))
      .filter((row) => row.events > 0),
  );
}

function sumsOf(row: StoredRequest): Sums {
  const at = (name: string): number => Number(row[name]);
  const all = at('input') + at('output') + at('cache_read') + at('cache_write_5m') + at('cache_write_1h');
  return {
    // A request without tokens or searches is none.
    events: all > 0 || at('searches') > 0 ? 1 : 0,
    input: at('input'),
    output: at('output'),
    cacheRead: at('cache_read'),
    cacheWrite5m: at('cache_write_5m'),
    cacheWrite1h: at('cache_write_1h'),
    reasoning: at('reasoning'),
    webSearches: at('searches'),
    costNanoUSD: at('cost'),
    reportedNanoUSD: at('reported'),
    unpricedTokens: row.cost === null ? all : 0,
    estimatedTokens: row.estimated === 1 ? all : 0,
  };
}
