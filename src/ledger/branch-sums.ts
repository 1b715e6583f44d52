import type { Sums } from '../usage/tally.ts';
import type { Ledger } from './ledger.ts';
import type { BranchPlace } from './scanner-protocol.ts';

/** All that was consumed on a branch of a project, in its folder or below. */
export function branchSums({ database }: Ledger, { project, branch }: BranchPlace): Sums {
  const folder = project.replace(/[/\\]+$/, '');
  const row = database
    .prepare(
      `SELECT total(events) AS events, total(input) AS input, total(output) AS output, total(cache_read) AS cache_read,
       total(cache_write_5m) AS cache_write_5m, total(cache_write_1h) AS cache_write_1h, total(reasoning) AS reasoning,
       total(searches) AS searches, total(cost) AS cost, total(reported) AS reported, total(unpriced) AS unpriced,
       total(estimated * (input + output + cache_read + cache_write_5m + cache_write_1h)) AS estimated
       FROM tally JOIN series ON series.id = tally.series
       WHERE origin IN (SELECT id FROM origin WHERE branch = ? AND (project = ? OR substr(project, 1, ?) IN (?, ?)))`,
    )
    .get(branch, folder, folder.length + 1, `${folder}/`, `${folder}\\`);
  const sum = (column: string): number => Number(row?.[column] ?? 0);
  return {
    events: sum('events'),
    input: sum('input'),
    output: sum('output'),
    cacheRead: sum('cache_read'),
    cacheWrite5m: sum('cache_write_5m'),
    cacheWrite1h: sum('cache_write_1h'),
    reasoning: sum('reasoning'),
    webSearches: sum('searches'),
    costNanoUSD: sum('cost'),
    reportedNanoUSD: sum('reported'),
    unpricedTokens: sum('unpriced'),
    estimatedTokens: sum('estimated'),
  };
}

/** Every project folder that the ledger knows, in order. */
export function projects({ database }: Ledger): readonly string[] {
  const rows = database.prepare("SELECT DISTINCT project FROM origin WHERE project <> '' ORDER BY project").all();
  return rows.map((row) => String(row['project']));
}
