import { reading } from '../ledger/damage.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { sumColumns } from '../ledger/tally-deltas.ts';
import {
  CACHE_WRITE_1H,
  type DayBlock,
  ESTIMATED,
  INPUT,
  KEYS,
  QUARTER,
  quartersADay,
  SERIES,
  TOKENS,
  WIDTH,
} from './cube.ts';
import type { Names } from './names.ts';

/** What one look at the ledger read. */
export interface Loaded {
  readonly blocks: readonly DayBlock[];
  /** The ids of the ledger mean something else than before: all is to be loaded anew. */
  readonly renamed: boolean;
}

/** A number above 2^53, which only broken logs add up to, could not be read as a whole one. */
const real = sumColumns.map((column) => `CAST(${column} AS REAL)`).join(', ');

/** Reads the tallies of UTC days, the end not included, and the names in them. Throws a `LedgerError` where the ledger is damaged. */
export function loadDays(ledger: Ledger, names: Names, since: number, until: number): Loaded {
  return reading(ledger, () => {
    const { database } = ledger;
    const select = database.prepare(
      `SELECT quarter, series, origin, ${real} FROM tally WHERE quarter >= ? AND quarter < ? ORDER BY quarter`,
    );
    select.setReturnArrays(true);
    // Within one transaction, so that a row's names are there and are its own.
    database.exec('BEGIN');
    try {
      if (!names.update(ledger)) return { blocks: [], renamed: true };
      const rows = select.all(since * quartersADay, until * quartersADay) as unknown as readonly (readonly number[])[];
      return { blocks: blocksOf(rows, names), renamed: false };
    } finally {
      database.exec('COMMIT');
    }
  });
}

/** The first quarter of an hour that was ever counted; undefined where nothing was. */
export function firstCounted(ledger: Ledger): number | undefined {
  const quarter = reading(
    ledger,
    () => ledger.database.prepare('SELECT min(quarter) AS first FROM tally').get()?.first,
  );
  return quarter === null || quarter === undefined ? undefined : Number(quarter);
}

function blocksOf(rows: readonly (readonly number[])[], names: Names): DayBlock[] {
  const blocks: DayBlock[] = [];
  for (let start = 0; start < rows.length; ) {
    const day = dayOf(rows[start]);
    let end = start + 1;
    while (end < rows.length && dayOf(rows[end]) === day) end++;
    blocks.push(blockOf(day, rows, start, end, names));
    start = end;
  }
  return blocks;
}

function dayOf(row: readonly number[] | undefined): number {
  return Math.floor((row?.[QUARTER] ?? 0) / quartersADay);
}

function blockOf(day: number, all: readonly (readonly number[])[], start: number, end: number, names: Names): DayBlock {
  const rows = end - start;
  const keys = new Int32Array(rows * KEYS);
  const sums = new Float64Array(rows * WIDTH);
  for (let row = 0; row < rows; row++) {
    const read = all[start + row] as readonly number[];
    for (let key = 0; key < KEYS; key++) keys[row * KEYS + key] = read[key] as number;
    const place = row * WIDTH;
    for (let sum = 0; sum < sumColumns.length; sum++) sums[place + sum] = read[KEYS + sum] as number;
    let tokens = 0;
    for (let sum = INPUT; sum <= CACHE_WRITE_1H; sum++) tokens += sums[place + sum] as number;
    sums[place + ESTIMATED] = names.series[read[SERIES] as number]?.estimated === true ? tokens : 0;
    sums[place + TOKENS] = tokens;
  }
  return { day, rows, keys, sums };
}
