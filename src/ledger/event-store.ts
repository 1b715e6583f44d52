import type { DatabaseSync } from 'node:sqlite';
import { KEY, TIME, WIDTH } from './records.ts';

/** The event table's columns, in the order of a record's numbers; cost and aside follow. */
export const eventColumns = [
  'key',
  'time',
  'rank',
  'record_time',
  'series',
  'input',
  'output',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'reasoning',
  'searches',
  'reported',
  'origin',
  'copy',
  'owner_time',
  'log',
  'version',
] as const;

/** What the ledger knows of a request beside its record. */
export interface Stored {
  /** List price in nano-USD; undefined where unpriced. */
  readonly cost: number | undefined;
  /** Its date is absurd, so it is in no tally. */
  readonly aside: boolean;
}

/** Single requests in the ledger. */
export interface EventStore {
  /** Copies a request into a row; undefined where there is none of that key. */
  load(key: number, into: Float64Array, place: number): Stored | undefined;
  /** Writes a request that is not there yet; `save` one that may be. */
  add(data: Float64Array, place: number, stored: Stored): void;
  save(data: Float64Array, place: number, stored: Stored): void;
  remove(data: Float64Array, place: number): void;
}

export function eventStore(database: DatabaseSync): EventStore {
  const select = database.prepare('SELECT * FROM event WHERE key = ?');
  const rest = `INTO event (${eventColumns.join(', ')}, cost, aside) VALUES (${'?, '.repeat(WIDTH + 1)}?)`;
  const insert = database.prepare(`INSERT ${rest}`);
  const replace = database.prepare(`INSERT OR REPLACE ${rest}`);
  const remove = database.prepare('DELETE FROM event WHERE time = ? AND key = ?');
  const values: (number | null)[] = new Array(WIDTH + 2).fill(0);

  function setValues(data: Float64Array, place: number, { cost, aside }: Stored): void {
    for (let column = 0; column < WIDTH; column++) values[column] = data[place + column] as number;
    values[WIDTH] = cost ?? null;
    values[WIDTH + 1] = aside ? 1 : 0;
  }

  return {
    load(key, into, place) {
      const row = select.get(key);
      return row === undefined ? undefined : toRecord(row, into, place);
    },
    add(data, place, stored) {
      setValues(data, place, stored);
      insert.run(...values);
    },
    save(data, place, stored) {
      setValues(data, place, stored);
      replace.run(...values);
    },
    remove(data, place) {
      remove.run(data[place + TIME] as number, data[place + KEY] as number);
    },
  };
}

/** Copies a row of the event table into a record. */
export function toRecord(row: Readonly<Record<string, unknown>>, into: Float64Array, place: number): Stored {
  for (let column = 0; column < WIDTH; column++) into[place + column] = Number(row[eventColumns[column] as string]);
  return { cost: row.cost === null ? undefined : Number(row.cost), aside: row.aside === 1 };
}
