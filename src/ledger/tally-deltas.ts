import type { DatabaseSync } from 'node:sqlite';
import { quarterMs } from '../usage/tally.ts';
import { noteChangedDays } from './day-changes.ts';
import { INPUT, ORIGIN, REPORTED, rowTotal, SEARCHES, SERIES, TIME } from './records.ts';

/** Columns of both tally tables behind their keys. */
export const sumColumns = [
  'events',
  'input',
  'output',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'reasoning',
  'searches',
  'cost',
  'reported',
  'unpriced',
] as const;

const quartersADay = 86_400_000 / quarterMs;

/** Changes of the tallies, collected in memory and written at once. */
export interface TallyDeltas {
  /** Adds a request (`sign` 1) or takes it back (-1). `cost` is in nano-USD, undefined where unpriced. */
  add(data: Float64Array, place: number, cost: number | undefined, sign: 1 | -1): void;
  write(): void;
  /** Forgets what was collected, after a transaction that was undone. */
  clear(): void;
}

export function tallyDeltas(database: DatabaseSync): TallyDeltas {
  const models = changesOf(2);
  const origins = changesOf(3);
  // Requests of a session that follow each other are mostly of one quarter and series.
  let lastQuarter = Number.NaN;
  let lastSeries = Number.NaN;
  let lastModel = 0;
  const lastModels: number[] = [];
  const lastPlaces: number[] = [];
  const writers = [
    { changes: models, statements: statements(database, 'model_tally', ['quarter', 'series']) },
    { changes: origins, statements: statements(database, 'tally', ['quarter', 'series', 'origin']) },
  ];

  return {
    add(data, place, cost, sign) {
      const total = rowTotal(data, place);
      const searches = data[place + SEARCHES] as number;
      // What was taken back by its own tool has no tokens left, and is no request.
      if (total === 0 && searches === 0) return;
      const quarter = Math.floor((data[place + TIME] as number) / quarterMs);
      const series = data[place + SERIES] as number;
      const origin = data[place + ORIGIN] as number;
      if (quarter !== lastQuarter || series !== lastSeries) {
        lastModel = models.placeOf(quarter * 2 ** 24 + series, quarter, series, 0);
        lastQuarter = quarter;
        lastSeries = series;
      }
      if (lastModels[origin] !== lastModel) {
        lastPlaces[origin] = origins.placeOf(lastModel * 2 ** 28 + origin, quarter, series, origin);
        lastModels[origin] = lastModel;
      }
      addTo(models.data, lastModel, data, place, sign, total, cost);
      addTo(origins.data, lastPlaces[origin] as number, data, place, sign, total, cost);
    },
    write() {
      const days = new Set<number>();
      for (const { changes, statements } of writers) {
        for (const row of changes.rows()) {
          const sums = row.slice(changes.keys);
          // What was taken back and added again as it was.
          if (sums.every((change) => change === 0)) continue;
          days.add(Math.floor((row[0] as number) / quartersADay));
          statements.add.run(...row);
          if ((sums[0] as number) < 0) statements.clean.run(...row.slice(0, changes.keys));
        }
      }
      clear();
      noteChangedDays(database, days);
    },
    clear,
  };

  function clear(): void {
    models.clear();
    origins.clear();
    lastQuarter = Number.NaN;
    lastModels.length = 0;
  }
}

/** Changes of one table's rows: the numbers of each row's key, and behind them what is to be added to its sums. */
interface Changes {
  readonly keys: number;
  readonly data: Float64Array;
  /** The place of the sums of a row, which is made where there is none yet: `data` may then be another array than before. */
  placeOf(key: number, quarter: number, series: number, origin: number): number;
  rows(): Iterable<readonly number[]>;
  clear(): void;
}

function changesOf(keys: number): Changes {
  const width = keys + sumColumns.length;
  const places = new Map<number, number>();
  let data = new Float64Array(256 * width);
  return {
    keys,
    get data() {
      return data;
    },
    placeOf(key, quarter, series, origin) {
      let place = places.get(key);
      if (place === undefined) {
        const start = places.size * width;
        if (start + width > data.length) {
          const grown = new Float64Array(data.length * 2);
          grown.set(data);
          data = grown;
        }
        data[start] = quarter;
        data[start + 1] = series;
        if (keys > 2) data[start + 2] = origin;
        place = start + keys;
        places.set(key, place);
      }
      return place;
    },
    *rows() {
      for (let row = 0; row < places.size; row++) yield Array.from(data.subarray(row * width, (row + 1) * width));
    },
    clear() {
      places.clear();
      data = new Float64Array(256 * width);
    },
  };
}

function addTo(
  sums: Float64Array,
  at: number,
  data: Float64Array,
  place: number,
  sign: 1 | -1,
  total: number,
  cost: number | undefined,
): void {
  sums[at] = (sums[at] as number) + sign;
  for (let i = 1; i <= 7; i++) sums[at + i] = (sums[at + i] as number) + sign * (data[place + INPUT + i - 1] as number);
  sums[at + 8] = (sums[at + 8] as number) + sign * (cost ?? 0);
  sums[at + 9] = (sums[at + 9] as number) + sign * (data[place + REPORTED] as number);
  sums[at + 10] = (sums[at + 10] as number) + sign * (cost === undefined ? total : 0);
}

function statements(database: DatabaseSync, table: string, keys: readonly string[]) {
  const marks = [...keys, ...sumColumns].map(() => '?');
  const changes = sumColumns.map((column) => `${column} = ${column} + excluded.${column}`);
  const match = keys.map((key) => `${key} = ?`).join(' AND ');
  return {
    add: database.prepare(
      `INSERT INTO ${table} VALUES (${marks.join(', ')}) ON CONFLICT DO UPDATE SET ${changes.join(', ')}`,
    ),
    clean: database.prepare(`DELETE FROM ${table} WHERE ${match} AND events = 0`),
  };
}
