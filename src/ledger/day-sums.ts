import { quarterMs, type Sums } from '../usage/tally.ts';
import { reading } from './damage.ts';
import type { Ledger } from './ledger.ts';
import { sumsAs, sumsOf } from './sum-rows.ts';

/** What was consumed on a UTC day with one model of one tool. */
export interface DaySums extends Sums {
  readonly tool: string;
  /** As logged. */
  readonly model: string;
}

const quartersADay = 86_400_000 / quarterMs;

/**
 * The sums of a UTC day, in days since the epoch, by tool and model, without what was consumed in the project folders given.
 * Throws a `LedgerError` where the ledger is damaged.
 */
export function daySums(ledger: Ledger, day: number, withoutProjects: readonly string[] = []): DaySums[] {
  return reading(ledger, () => {
    const table = withoutProjects.length === 0 ? 'model_tally' : 'tally';
    const kept =
      withoutProjects.length === 0
        ? ''
        : 'AND origin NOT IN (SELECT id FROM origin WHERE project IN (SELECT value FROM json_each(?)))';
    const sql = `SELECT series.tool AS tool, series.model AS model, ${sumsAs((column) => `total(${column})`)}
      FROM ${table} JOIN series ON series.id = ${table}.series
      WHERE quarter >= ? AND quarter < ? ${kept} GROUP BY series.tool, series.model`;
    const span = [day * quartersADay, (day + 1) * quartersADay];
    const without = withoutProjects.length === 0 ? [] : [JSON.stringify(withoutProjects)];
    return ledger.database
      .prepare(sql)
      .all(...span, ...without)
      .map((row) => ({ ...sumsOf(row), tool: String(row.tool), model: String(row.model) }));
  });
}

/** The project folders that the ledger knows of; the empty one stands for what was consumed in none. Throws like `daySums`. */
export function projectFolders(ledger: Ledger): string[] {
  return reading(ledger, () =>
    ledger.database
      .prepare('SELECT DISTINCT project FROM origin')
      .all()
      .map(({ project }) => String(project)),
  );
}
