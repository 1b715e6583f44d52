import {
  clockGraceMs,
  maxCellAgeDays,
  maxCellsPerDeviceDay,
  maxDeviceDayMicroUsd,
  maxDeviceDayTokens,
} from '../../team/protocol/limits.ts';
import type { Cell, CellRefusal } from '../../team/protocol/sync.ts';
import { isDay } from '../../usage/days.ts';
import { dayNumber, dayOfTime } from './sql.ts';

/** What the store knows of a cell before a sync. */
export interface KnownCell {
  readonly rev: number;
  readonly totals: Totals;
}

/** What is bounded for a device and day, and compared between devices. */
export interface Totals {
  readonly tokens: number;
  readonly usd: number;
  readonly req: number;
  /** The counts as a text, to be compared. */
  readonly vector: readonly number[];
}

/** One device's days as they are known: by day, then by tool and model. */
export type KnownDays = ReadonlyMap<number, ReadonlyMap<string, KnownCell>>;

export interface Sorted {
  /** To be written: their `rev` is above the known one. By key, so that all write in one order. */
  readonly changed: readonly Cell[];
  readonly unchanged: number;
  readonly rejected: readonly { readonly i: number; readonly code: CellRefusal }[];
  /** The device's days as they will be, for those that change. */
  readonly days: ReadonlyMap<number, ReadonlyMap<string, KnownCell>>;
}

/** Removed cells are remembered by their `rev`, so that an older one does not come back; so many a device and day. */
const maxRemembered = 4 * maxCellsPerDeviceDay;

/** Which cells of a request change what is known. */
export function sortCells(cells: readonly Cell[], known: KnownDays, now: number): Sorted {
  const newest = dayOfTime(now + clockGraceMs);
  const oldest = dayOfTime(now) - maxCellAgeDays;
  const seen = new Set<string>();
  const changed: Cell[] = [];
  const rejected: { i: number; code: CellRefusal }[] = [];
  const days = new Map<number, Map<string, KnownCell>>();
  let unchanged = 0;

  function refusal(cell: Cell): CellRefusal | 'unchanged' | null {
    if (!isDay(cell.day)) return 'day_out_of_range';
    const day = dayNumber(cell.day);
    if (day > newest || day < oldest) return 'day_out_of_range';
    const key = `${cell.tool} ${cell.model}`;
    if (seen.has(`${day} ${key}`)) return 'duplicate_cell';
    seen.add(`${day} ${key}`);
    const totals = totalsOf(cell);
    if (cell.cw1 > cell.cw || cell.rs > cell.out || !possible([totals])) return 'impossible_counts';
    const before = days.get(day) ?? known.get(day);
    const earlier = before?.get(key);
    if (earlier !== undefined && earlier.rev >= cell.rev) return 'unchanged';
    const others = [...(before ?? [])].filter(([other]) => other !== key).map(([, { totals: its }]) => its);
    const living = others.filter((its) => its.vector.some((count) => count > 0)).length;
    const lives = totals.vector.some((count) => count > 0);
    if ((lives && living >= maxCellsPerDeviceDay) || others.length >= maxRemembered) return 'too_many_cells';
    if (!possible([...others, totals])) return 'impossible_counts';
    days.set(day, new Map([...(before ?? []), [key, { rev: cell.rev, totals }]]));
    return null;
  }

  for (const [i, cell] of cells.entries()) {
    const code = refusal(cell);
    if (code === 'unchanged') unchanged++;
    else if (code !== null) rejected.push({ i, code });
    else changed.push(cell);
  }
  return { changed: changed.sort(byKey), unchanged, rejected, days };
}

export function totalsOf(cell: Omit<Cell, 'day' | 'tool' | 'model' | 'rev' | 'est' | 'pv'>): Totals {
  return {
    tokens: cell.in + cell.out + cell.cr + cell.cw,
    usd: cell.usd ?? 0,
    req: cell.req,
    vector: [cell.in, cell.out, cell.cr, cell.cw, cell.cw1, cell.rs, cell.req, cell.usd ?? 0],
  };
}

/** The counts of a day of one device, as a text: equal for equal days. Empty for a day without tokens. */
export function dayVector(day: Iterable<KnownCell>): string {
  const sums = [0, 0, 0, 0, 0, 0, 0];
  for (const { totals } of day)
    for (const index of sums.keys()) sums[index] = (sums[index] ?? 0) + (totals.vector[index] ?? 0);
  return sums.some((sum) => sum > 0) ? sums.join(' ') : '';
}

function possible(day: readonly Totals[]): boolean {
  const sum = (count: (totals: Totals) => number): number => day.reduce((all, totals) => all + count(totals), 0);
  return (
    sum(({ tokens }) => tokens) <= maxDeviceDayTokens &&
    sum(({ req }) => req) <= maxDeviceDayTokens &&
    sum(({ usd }) => usd) <= maxDeviceDayMicroUsd
  );
}

function byKey(a: Cell, b: Cell): number {
  return compare(a.day, b.day) || compare(a.tool, b.tool) || compare(a.model, b.model);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
