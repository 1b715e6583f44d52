import type { Sums } from '../usage/tally.ts';
import type { Ledger } from './ledger.ts';
import { originSums } from './origin-sums.ts';
import type { BranchPlace } from './scanner-protocol.ts';

/** All that was consumed on a branch of a project, in its folder or below; without `estimates` what is exact alone. */
export function branchSums({ database }: Ledger, { project, branch }: BranchPlace, estimates = true): Sums {
  const folder = project.replace(/[/\\]+$/, '');
  return originSums(
    database,
    estimates,
    'branch = ? AND (project = ? OR substr(project, 1, ?) IN (?, ?))',
    ...[branch, folder, folder.length + 1, `${folder}/`, `${folder}\\`],
  );
}

/** Every project folder that the ledger knows, in order. */
export function projects({ database }: Ledger): readonly string[] {
  const rows = database.prepare("SELECT DISTINCT project FROM origin WHERE project <> '' ORDER BY project").all();
  return rows.map((row) => String(row.project));
}
