import type { DatabaseSync } from 'node:sqlite';
import type { Origin, Series } from './batch.ts';
import { compareTexts, type NameOrder } from './merge.ts';

/** The ledger's ids of series and origins; a name that is new gets one. */
export interface Names extends NameOrder {
  seriesId(series: Series): number;
  originId(origin: Origin): number;
  seriesOf(id: number): Series;
  /** Forgets what is remembered, after a transaction that was undone. */
  reset(): void;
}

export function names(database: DatabaseSync): Names {
  const series = nameTable<Series>(database, 'series', ['tool', 'provider', 'model', 'tier', 'estimated']);
  const origins = nameTable<Origin>(database, 'origin', ['tool', 'session', 'project', 'branch', 'subagent', 'agent']);
  return {
    seriesId: series.idOf,
    originId: origins.idOf,
    seriesOf: series.nameOf,
    series: (a, b) => (a === b ? 0 : compareTexts(series.textOf(a), series.textOf(b))),
    origin: (a, b) => (a === b ? 0 : compareTexts(origins.textOf(a), origins.textOf(b))),
    reset() {
      series.reset();
      origins.reset();
    },
  };
}

interface NameTable<Name> {
  idOf(name: Name): number;
  nameOf(id: number): Name;
  textOf(id: number): string;
  reset(): void;
}

function nameTable<Name extends Series | Origin>(
  database: DatabaseSync,
  table: string,
  columns: readonly (keyof Name & string)[],
): NameTable<Name> {
  const ids = new Map<string, number>();
  const known = new Map<number, Name>();
  const select = database.prepare(
    `SELECT id FROM ${table} WHERE ${columns.map((column) => `${column} = ?`).join(' AND ')}`,
  );
  const insert = database.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const selectById = database.prepare(`SELECT * FROM ${table} WHERE id = ?`);

  const textOfName = (name: Name): string => columns.map((column) => String(name[column])).join('\0');

  function idOf(name: Name): number {
    const text = textOfName(name);
    let id = ids.get(text);
    if (id === undefined) {
      const values = columns.map((column) => {
        const value = name[column];
        return typeof value === 'boolean' ? Number(value) : String(value);
      });
      id = Number(select.get(...values)?.id ?? insert.run(...values).lastInsertRowid);
      ids.set(text, id);
      known.set(id, name);
    }
    return id;
  }

  function nameOf(id: number): Name {
    let name = known.get(id);
    if (name === undefined) {
      const row = selectById.get(id) ?? {};
      const read = Object.fromEntries(
        columns.map((column) => [column, isFlag(column) ? row[column] === 1 : String(row[column])]),
      );
      name = read as unknown as Name;
      known.set(id, name);
    }
    return name;
  }

  return {
    idOf,
    nameOf,
    textOf: (id) => textOfName(nameOf(id)),
    reset() {
      ids.clear();
      known.clear();
    },
  };
}

function isFlag(column: string): boolean {
  return column === 'estimated' || column === 'subagent';
}
