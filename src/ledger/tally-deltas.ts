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
  const models = new Map<string, Float64Array>();
  const origins = new Map<string, Float64Array>();
  const writers = [
    { sums: models, statements: statements(database, 'model_tally', ['quarter', 'series']) },
    { sums: origins, statements: statements(database, 'tally', ['quarter', 'series', 'origin']) },
  ];

  return {
    add(data, place, cost, sign) {
      const total = rowTotal(data, place);
      const searches = data[place + SEARCHES] as number;
      // What was taken back by its own tool has no tokens left, and is no request.
      if (total === 0 && searches === 0) return;
      const quarter = Math.floor((data[place + TIME] as number) / quarterMs);
      const model = `${quarter} ${data[place + SERIES]}`;
      for (const [sums, name] of [
        [models, model],
        [origins, `${model} ${data[place + ORIGIN]}`],
      ] as const) {
        let sum = sums.get(name);
        if (sum === undefined) {
          sum = new Float64Array(sumColumns.length);
          sums.set(name, sum);
        }
        sum[0] = (sum[0] as number) + sign;
        for (let i = 1; i <= 7; i++) sum[i] = (sum[i] as number) + sign * (data[place + INPUT + i - 1] as number);
        sum[8] = (sum[8] as number) + sign * (cost ?? 0);
        sum[9] = (sum[9] as number) + sign * (data[place + REPORTED] as number);
        sum[10] = (sum[10] as number) + sign * (cost === undefined ? total : 0);
      }
    },
    write() {
      const days = new Set<number>();
      for (const { sums, statements } of writers) {
        for (const [name, sum] of sums) {
          // What was taken back and added again as it was.
          if (sum.every((change) => change === 0)) continue;
          const keys = name.split(' ').map(Number);
          days.add(Math.floor((keys[0] as number) / quartersADay));
          if (statements.update.run(...sum, ...keys).changes === 0) statements.insert.run(...keys, ...sum);
          else if ((sum[0] as number) < 0) statements.clean.run(...keys);
        }
        sums.clear();
      }
      noteChangedDays(database, days);
    },
    clear() {
      models.clear();
      origins.clear();
    },
  };
}

function statements(database: DatabaseSync, table: string, keys: readonly string[]) {
  const match = keys.map((key) => `${key} = ?`).join(' AND ');
  const marks = [...keys, ...sumColumns].map(() => '?');
  const changes = sumColumns.map((column) => `${column} = ${column} + ?`);
  return {
    update: database.prepare(`UPDATE ${table} SET ${changes.join(', ')} WHERE ${match}`),
    insert: database.prepare(`INSERT INTO ${table} VALUES (${marks.join(', ')})`),
    clean: database.prepare(`DELETE FROM ${table} WHERE ${match} AND events = 0`),
  };
}
