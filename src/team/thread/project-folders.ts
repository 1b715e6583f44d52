import type { JoinOffer } from '../../dashboard/protocol/team.ts';
import { reading } from '../../ledger/damage.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { quarterMs } from '../../usage/tally.ts';
import { maxCellAgeDays } from '../protocol/limits.ts';

const dayMs = 86_400_000;
const mostFolders = 50;

/** The project folders that were worked in lately, by tokens, so that a person sees what to leave out. They stay on this machine. */
export function recentProjects(ledger: Ledger, now: number): JoinOffer['projects'] {
  const since = Math.floor((now - maxCellAgeDays * dayMs) / quarterMs);
  const sql = `SELECT origin.project AS folder,
      total(input + output + cache_read + cache_write_5m + cache_write_1h) AS tokens
    FROM tally JOIN origin ON origin.id = tally.origin
    WHERE quarter >= ? AND origin.project <> '' GROUP BY origin.project ORDER BY tokens DESC LIMIT ?`;
  return reading(ledger, () => ledger.database.prepare(sql).all(since, mostFolders)).map(({ folder, tokens }) => ({
    folder: String(folder),
    title: titleOf(String(folder)),
    tokens: Number(tokens),
  }));
}

function titleOf(folder: string): string {
  return folder.split(/[/\\]/).findLast((part) => part !== '') ?? folder;
}
