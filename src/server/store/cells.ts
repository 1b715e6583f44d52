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
  /** All counts, to be compared. */
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

/** A day of the device with what is bounded of it, kept up while cells of the request change it. */
interface Day {
  readonly cells: Map<string, KnownCell>;
  changed: boolean;
  /** How many cells have any count. */
  living: number;
  sums: Pick<Totals, 'tokens' | 'usd' | 'req'>;
}

/** Which cells of a request change what is known. */
export function sortCells(cells: readonly Cell[], known: KnownDays, now: number): Sorted {
  const newest = dayOfTime(now + clockGraceMs);
  const oldest = dayOfTime(now) - maxCellAgeDays;
  const seen = new Set<string>();
  const changed: Cell[] = [];
  const rejected: { i: number; code: CellRefusal }[] = [];
  const days = new Map<number, Day>();
  let unchanged = 0;

  function refusal(cell: Cell): CellRefusal | 'unchanged' | null {
    if (!isDay(cell.day)) return 'day_out_of_range';
    const number = dayNumber(cell.day);
    if (number > newest || number < oldest) return 'day_out_of_range';
    const key = `${cell.tool} ${cell.model}`;
    if (seen.has(`${number} ${key}`)) return 'duplicate_cell';
    seen.add(`${number} ${key}`);
    const totals = totalsOf(cell);
    if (cell.cw1 > cell.cw || cell.rs > cell.out || !possible(totals)) return 'impossible_counts';
    const day = days.get(number) ?? dayOf(known.get(number) ?? new Map());
    days.set(number, day);
    const earlier = day.cells.get(key);
    if (earlier !== undefined && earlier.rev >= cell.rev) return 'unchanged';
    const living = day.living - (earlier !== undefined && lives(earlier.totals) ? 1 : 0);
    const others = day.cells.size - (earlier === undefined ? 0 : 1);
    if ((lives(totals) && living >= maxCellsPerDeviceDay) || others >= maxRemembered) return 'too_many_cells';
    const sums = {
      tokens: day.sums.tokens - (earlier?.totals.tokens ?? 0) + totals.tokens,
      usd: day.sums.usd - (earlier?.totals.usd ?? 0) + totals.usd,
      req: day.sums.req - (earlier?.totals.req ?? 0) + totals.req,
    };
    if (!possible(sums)) return 'impossible_counts';
    day.cells.set(key, { rev: cell.rev, totals });
    day.changed = true;
    day.living = living + (lives(totals) ? 1 : 0);
    day.sums = sums;
    return null;
  }

  for (const [i, cell] of cells.entries()) {
    const code = refusal(cell);
    if (code === 'unchanged') unchanged++;
    else if (code !== null) rejected.push({ i, code });
    else changed.push(cell);
  }
  const after = [...days].filter(([, day]) => day.changed).map(([number, day]) => [number, day.cells] as const);
  return { changed: changed.sort(byKey), unchanged, rejected, days: new Map(after) };
}

function dayOf(known: ReadonlyMap<string, KnownCell>): Day {
  const cells = new Map(known);
  const sums = { tokens: 0, usd: 0, req: 0 };
  let living = 0;
  for (const { totals } of cells.values()) {
    sums.tokens += totals.tokens;
    sums.usd += totals.usd;
    sums.req += totals.req;
    if (lives(totals)) living++;
  }
  return { cells, changed: false, living, sums };
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

function lives({ vector }: Totals): boolean {
  return vector.some((count) => count > 0);
}

function possible({ tokens, req, usd }: Pick<Totals, 'tokens' | 'req' | 'usd'>): boolean {
  return tokens <= maxDeviceDayTokens && req <= maxDeviceDayTokens && usd <= maxDeviceDayMicroUsd;
}

function byKey(a: Cell, b: Cell): number {
  return compare(a.day, b.day) || compare(a.tool, b.tool) || compare(a.model, b.model);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
