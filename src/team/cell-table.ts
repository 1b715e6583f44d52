import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../ledger/transaction.ts';
import { type Counts, emptied } from './cells.ts';
import type { CountedDay } from './count-days.ts';
import type { Cell } from './protocol/sync.ts';

/**
 * Brings a day to what the ledger has. A cell that changed has a higher revision than any before, one that became empty is
 * told as such; of one that never was in a request no trace is kept. Revisions go by the time, so that they rise even where this
 * file was lost.
 */
export function keepDay(database: DatabaseSync, { day, cells }: CountedDay, now: number): void {
  inTransaction(database, () => {
    const before = new Map(rowsOf(database, day).map((row) => [`${row.tool} ${row.model}`, row]));
    const put = database.prepare('INSERT OR REPLACE INTO cell VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)');
    const write = (cell: Counts, old: Row | undefined): void => {
      const rev = Math.max(now, (old?.rev ?? 0) + 1);
      const { tool, model, pv } = cell;
      put.run(day, tool, model, textOf(cell), pv, rev, old?.acked ?? 0, old?.tried ?? 0);
    };
    for (const cell of cells) {
      const key = `${cell.tool} ${cell.model}`;
      const old = before.get(key);
      before.delete(key);
      if (old?.counts !== textOf(cell)) write(cell, old);
    }
    for (const old of before.values()) {
      const gone = emptied({ day, tool: old.tool as Cell['tool'], model: old.model, pv: old.pv });
      if (old.tried === 0) deleteCell(database, old);
      else if (old.counts !== textOf(gone)) write(gone, old);
    }
  });
}

/** Keeps cells as they are in a request, with its revisions: those of the frozen first upload. */
export function keepCells(database: DatabaseSync, cells: readonly Cell[]): void {
  const put = database.prepare('INSERT OR REPLACE INTO cell VALUES (?, ?, ?, ?, ?, ?, 0, 0, NULL)');
  for (const cell of cells) put.run(cell.day, cell.tool, cell.model, textOf(cell), cell.pv, cell.rev);
}

/** What the server does not have yet, the oldest first: at most so many cells. */
export function pendingCells(database: DatabaseSync, most: number): Cell[] {
  const rows = database
    .prepare('SELECT * FROM cell WHERE rev > acked AND aside IS NULL ORDER BY day, tool, model LIMIT ?')
    .all(most);
  return rows.map((row) => cellOf(row as unknown as Row));
}

/** Cells of days from one on of which the server has nothing. */
export function pendingFresh(database: DatabaseSync, from: string): Cell[] {
  const rows = database.prepare('SELECT * FROM cell WHERE acked = 0 AND aside IS NULL AND day >= ?').all(from);
  return rows.map((row) => cellOf(row as unknown as Row));
}

/** How much the server does not have yet, and what it refused for good. */
export function countPending(database: DatabaseSync): { readonly pending: number; readonly aside: number } {
  const row = database
    .prepare(
      'SELECT count(*) FILTER (WHERE aside IS NULL) AS pending, count(aside) AS aside FROM cell WHERE rev > acked',
    )
    .get();
  return { pending: Number(row?.pending), aside: Number(row?.aside) };
}

/** Why the server refused what is set aside. */
export function asideCodes(database: DatabaseSync): readonly string[] {
  return database
    .prepare('SELECT DISTINCT aside FROM cell WHERE rev > acked AND aside IS NOT NULL ORDER BY aside')
    .all()
    .map(({ aside }) => String(aside));
}

/** Notes that cells go into a request, before they do. */
export function noteTried(database: DatabaseSync, cells: readonly Cell[]): void {
  forEach(database, 'UPDATE cell SET tried = 1 WHERE day = ? AND tool = ? AND model = ?', cells, () => []);
}

/** Notes that the server has cells at these revisions. */
export function noteAcked(database: DatabaseSync, cells: readonly Cell[]): void {
  const sql = 'UPDATE cell SET acked = max(acked, ?4) WHERE day = ?1 AND tool = ?2 AND model = ?3';
  forEach(database, sql, cells, ({ rev }) => [rev]);
}

/** Sets cells aside at these revisions: they wait until they change. */
export function setAside(database: DatabaseSync, cells: readonly Cell[], code: string): void {
  const sql = 'UPDATE cell SET aside = ?5 WHERE day = ?1 AND tool = ?2 AND model = ?3 AND rev = ?4';
  forEach(database, sql, cells, ({ rev }) => [rev, code]);
}

/** Cells that were refused as of a wrong day may be right by another clock. */
export function takeBack(database: DatabaseSync, code: string): void {
  database.prepare('UPDATE cell SET aside = NULL WHERE aside = ?').run(code);
}

/** Forgets cells of models that the server never took; their counts are in `other` from now on. */
export function forgetModel(database: DatabaseSync, model: string): void {
  database.prepare('DELETE FROM cell WHERE model = ? AND acked = 0').run(model);
}

/** Forgets days that no server takes any more. */
export function forgetBefore(database: DatabaseSync, day: string): void {
  database.prepare('DELETE FROM cell WHERE day < ?').run(day);
}

interface Row {
  readonly day: string;
  readonly tool: string;
  readonly model: string;
  readonly counts: string;
  readonly pv: string;
  readonly rev: number;
  readonly acked: number;
  readonly tried: number;
}

function rowsOf(database: DatabaseSync, day: string): Row[] {
  return database.prepare('SELECT * FROM cell WHERE day = ?').all(day) as unknown as Row[];
}

function deleteCell(database: DatabaseSync, { day, tool, model }: Row): void {
  database.prepare('DELETE FROM cell WHERE day = ? AND tool = ? AND model = ?').run(day, tool, model);
}

/** What is compared and kept: another version of the prices alone is no change. */
function textOf(cell: Counts): string {
  return JSON.stringify([cell.in, cell.out, cell.cr, cell.cw, cell.cw1, cell.rs, cell.req, cell.est, cell.usd]);
}

type Numbers = readonly [number, number, number, number, number, number, number, boolean, number | null];

function cellOf({ day, tool, model, rev, counts, pv }: Row): Cell {
  const [input, out, cr, cw, cw1, rs, req, est, usd] = JSON.parse(counts) as Numbers;
  return { day, tool: tool as Cell['tool'], model, rev, in: input, out, cr, cw, cw1, rs, req, est, usd, pv };
}

function forEach(
  database: DatabaseSync,
  sql: string,
  cells: readonly Cell[],
  more: (cell: Cell) => readonly (string | number)[],
): void {
  inTransaction(database, () => {
    const statement = database.prepare(sql);
    for (const cell of cells) statement.run(cell.day, cell.tool, cell.model, ...more(cell));
  });
}
