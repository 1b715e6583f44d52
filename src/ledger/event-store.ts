import type { DatabaseSync } from 'node:sqlite';
import { KEY, REASONING, REPORTED, SEARCHES, TIME, WIDTH } from './records.ts';

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
  /** Copies a request into a row; undefined where there is none of that key. Wants the index of keys. */
  load(key: number, into: Float64Array, place: number): Stored | undefined;
  /** The same of a request whose time is known. */
  loadAt(time: number, key: number, into: Float64Array, place: number): Stored | undefined;
  /** Writes a request that is not there yet, at the latest when `settle` is called; `save` writes one that may be there, with this time. */
  add(data: Float64Array, place: number, stored: Stored): void;
  settle(): void;
  /** Forgets what was to be written, after a transaction that was undone. */
  clear(): void;
  save(data: Float64Array, place: number, stored: Stored): void;
  remove(data: Float64Array, place: number): void;
}

export function eventStore(database: DatabaseSync): EventStore {
  const select = database.prepare('SELECT * FROM event WHERE key = ?');
  const selectAt = database.prepare('SELECT * FROM event WHERE time = ? AND key = ?');
  const rest = `INTO event (${eventColumns.join(', ')}, cost, aside) VALUES (${'?, '.repeat(WIDTH + 1)}?)`;
  const insert = database.prepare(`INSERT ${rest}`);
  const replace = database.prepare(`INSERT OR REPLACE ${rest}`);
  const many = database.prepare(plainInsert(rowsAtOnce));
  const one = database.prepare(plainInsert(1));
  const waiting: (number | null)[] = new Array(rowsAtOnce * plainColumns.length).fill(0);
  let filled = 0;
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
    loadAt(time, key, into, place) {
      const row = selectAt.get(time, key);
      return row === undefined ? undefined : toRecord(row, into, place);
    },
    add(data, place, stored) {
      if (stored.aside || !isPlain(data, place)) {
        setValues(data, place, stored);
        insert.run(...values);
        return;
      }
      for (const column of plainPlaces) waiting[filled++] = data[place + column] as number;
      waiting[filled++] = stored.cost ?? null;
      if (filled < waiting.length) return;
      many.run(...waiting);
      filled = 0;
    },
    settle() {
      for (let row = 0; row < filled; row += plainColumns.length) {
        one.run(...waiting.slice(row, row + plainColumns.length));
      }
      filled = 0;
    },
    clear() {
      filled = 0;
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

/** Written with one statement, which takes a tenth less time than one each. */
const rowsAtOnce = 16;
/** Of most requests these are 0. */
const zeros = [REASONING, SEARCHES, REPORTED];
const plainPlaces = eventColumns.map((_, place) => place).filter((place) => !zeros.includes(place));
const plainColumns = [...plainPlaces.map((place) => eventColumns[place]), 'cost'];

/** Rows are never there yet, so none has to be taken back because of another one: SQLite need not note how. */
function plainInsert(rows: number): string {
  const [names, marks] = [plainColumns.join(', '), plainColumns.map(() => '?').join(', ')];
  const others = zeros.map((place) => eventColumns[place]);
  return `INSERT OR FAIL INTO event (${names}, ${others.join(', ')}, aside)
    VALUES ${Array(rows)
      .fill(`(${marks}, ${others.map(() => 0).join(', ')}, 0)`)
      .join(', ')}`;
}

function isPlain(data: Float64Array, place: number): boolean {
  return data[place + REASONING] === 0 && data[place + SEARCHES] === 0 && data[place + REPORTED] === 0;
}

/** Copies a row of the event table into a record. */
export function toRecord(row: Readonly<Record<string, unknown>>, into: Float64Array, place: number): Stored {
  for (let column = 0; column < WIDTH; column++) into[place + column] = Number(row[eventColumns[column] as string]);
  return { cost: row.cost === null ? undefined : Number(row.cost), aside: row.aside === 1 };
}
