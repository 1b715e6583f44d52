import type { DatabaseSync } from 'node:sqlite';
import { quarterMs, type Sums } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { andCounted } from './counted-series.ts';
import { reading } from './damage.ts';
import { changedDays } from './day-changes.ts';
import type { Ledger } from './ledger.ts';
import { sumsAs, sumsOf } from './sum-rows.ts';

/** What is to be summed up: a span, of all or of one tool or project folder with what lies below it. */
export interface SpanWish {
  /** Epoch milliseconds, quarters of an hour; the end is not included. */
  readonly since: number;
  readonly until: number;
  readonly tool?: ToolId | undefined;
  readonly project?: string | undefined;
  readonly withoutTools: readonly ToolId[];
  /** Whether what is estimated counts. */
  readonly estimates: boolean;
}

/** Sums of a wish by UTC day, as of a revision of the ledger. */
interface Known {
  readonly database: DatabaseSync;
  readonly days: Map<number, Sums>;
  revision: number;
}

const nothing: { -readonly [name in keyof Sums]: number } = {
  ...{ events: 0, webSearches: 0, input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 },
  ...{ costNanoUSD: 0, reportedNanoUSD: 0, unpricedTokens: 0, estimatedTokens: 0 },
};
const sumNames = Object.keys(nothing) as (keyof Sums)[];

const quartersADay = 86_400_000 / quarterMs;
/** Where more days have changed, all are summed anew. */
const mostSingleDays = 14;

/**
 * Answers the same wishes again and again: of each, only the days that changed since are summed anew. What is no longer
 * wished for is forgotten. Throws a `LedgerError` where the ledger is damaged.
 */
export function spanSummer(ledger: Ledger): (wishes: readonly SpanWish[]) => readonly Sums[] {
  const known = new Map<string, Known>();
  return (wishes) => {
    const keys = wishes.map((wish) => JSON.stringify(wish));
    for (const key of known.keys()) if (!keys.includes(key)) known.delete(key);
    return wishes.map((wish, index) => {
      const key = keys[index] ?? '';
      const days = reading(ledger, () => upToDate(ledger, wish, known.get(key)));
      known.set(key, days);
      return totalOf(days.days.values());
    });
  };
}

function upToDate(ledger: Ledger, wish: SpanWish, before: Known | undefined): Known {
  const { database } = ledger;
  const known = before?.database === database ? before : { database, days: new Map<number, Sums>(), revision: 0 };
  const { revision, days } = changedDays(ledger, known.revision);
  const [first, last] = [Math.floor(wish.since / quarterMs), Math.ceil(wish.until / quarterMs)];
  const changed = days.filter((day) => (day + 1) * quartersADay > first && day * quartersADay < last);
  known.revision = revision;
  if (changed.length > mostSingleDays) {
    known.days.clear();
    sumInto(known, wish, first, last);
    return known;
  }
  for (const day of changed) {
    known.days.delete(day);
    sumInto(known, wish, Math.max(first, day * quartersADay), Math.min(last, (day + 1) * quartersADay));
  }
  return known;
}

function sumInto({ database, days }: Known, wish: SpanWish, from: number, to: number): void {
  const { tool, withoutTools, project, estimates } = wish;
  const table = project === undefined ? 'model_tally' : 'tally';
  const conditions = ['quarter >= ?', 'quarter < ?'];
  const values: (number | string)[] = [from, to];
  if (tool !== undefined) {
    conditions.push('series.tool = ?');
    values.push(tool);
  }
  if (withoutTools.length > 0) {
    conditions.push(`series.tool NOT IN (${withoutTools.map(() => '?').join(', ')})`);
    values.push(...withoutTools);
  }
  if (project !== undefined) {
    // As paths are compared elsewhere: both separators count as one.
    const folder = project.replaceAll('\\', '/').replace(/(?<=.)\/+$/, '');
    const path = "replace(project, '\\', '/')";
    const inside = folder.endsWith('/') ? folder : `${folder}/`;
    conditions.push(`origin IN (SELECT id FROM origin WHERE ${path} = ? OR substr(${path}, 1, ?) = ?)`);
    values.push(folder, inside.length, inside);
  }
  const sql = `SELECT quarter / ${quartersADay} AS day, ${sumsAs((column) => `total(${column})`)}
    FROM ${table} JOIN series ON series.id = ${table}.series WHERE ${conditions.join(' AND ')} ${andCounted(estimates)} GROUP BY day`;
  for (const row of database.prepare(sql).all(...values)) days.set(Number(row.day), sumsOf(row));
}

function totalOf(all: Iterable<Sums>): Sums {
  const total = { ...nothing };
  for (const sums of all) for (const name of sumNames) total[name] += sums[name];
  return total;
}
