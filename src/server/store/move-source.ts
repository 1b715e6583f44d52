import type { DatabaseSync } from 'node:sqlite';
import { schemaVersion } from './migrate.ts';
import { inUse, openAlone } from './sqlite-alone.ts';

/** A table as it is copied. */
export interface SourceTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: 'bigint' | 'text' }[];
  /** The column that counts by itself and the last number that it gave; undefined where none does. */
  readonly counter: { readonly column: string; readonly last: bigint } | undefined;
}

/** Rows in columns: as many of each column as there are rows. */
export type Piece = readonly (readonly (bigint | string | null)[])[];

/** An SQLite database that nobody else can open meanwhile. */
export interface MoveSource {
  /** All tables but the one that tells the schema's version: what the file has, so that none is forgotten. */
  readonly tables: readonly SourceTable[];
  count(table: SourceTable): number;
  /** The rows of a table, a piece at a time, however many there are. */
  pieces(table: SourceTable): Iterable<Piece>;
  close(): void;
}

const mostRows = 2000;
const mostCharacters = 1_000_000;

/** Opens what is to be moved. Throws where it is in use, of another version, or no board. */
export function openMoveSource(file: string): MoveSource {
  const database = openAlone(file);
  if (database === null) throw new Error(inUse);
  try {
    checkVersion(database);
    const tables = tablesOf(database);
    return {
      tables,
      count: ({ name }) => Number(database.prepare(`SELECT COUNT(*) AS count FROM ${name}`).get()?.count),
      pieces: (table) => piecesOf(database, table),
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkVersion(database: DatabaseSync): void {
  const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_step'").get();
  if (known === undefined) throw new Error('The file is no board of Tokenboard.');
  const { version } = database.prepare('SELECT MAX(step) AS version FROM schema_step').get() ?? {};
  if (Number(version) > schemaVersion) {
    throw new Error('This board was written by a newer version: move it with that one.');
  }
  if (Number(version) < schemaVersion) {
    throw new Error(
      'This board was written by an older version: bring it up to date first with tokenboard admin migrate.',
    );
  }
}

function tablesOf(database: DatabaseSync): SourceTable[] {
  const names = database
    .prepare(
      `SELECT name FROM sqlite_schema
       WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'schema_step' ORDER BY rowid`,
    )
    .all();
  const counters = new Map(
    database
      .prepare('SELECT name, CAST(seq AS TEXT) AS last FROM sqlite_sequence')
      .all()
      .map(({ name, last }) => [String(name), BigInt(String(last))]),
  );
  return names.map(({ name: told }) => {
    const name = String(told);
    const columns = database.prepare('SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid').all(name);
    const last = counters.get(name);
    const key = columns.find(({ pk }) => pk === 1);
    return {
      name,
      columns: columns.map((column) => ({
        name: String(column.name),
        type: column.type === 'INTEGER' ? ('bigint' as const) : ('text' as const),
      })),
      counter: last === undefined || key === undefined ? undefined : { column: String(key.name), last },
    };
  });
}

function* piecesOf(database: DatabaseSync, { name, columns }: SourceTable): Generator<Piece> {
  const statement = database.prepare(`SELECT ${columns.map((column) => column.name).join(', ')} FROM ${name}`);
  // Whatever is kept passes, also what is too large to be exact as a number.
  statement.setReadBigInts(true);
  let piece: (bigint | string | null)[][] = [];
  let rows = 0;
  let characters = 0;
  for (const row of statement.iterate()) {
    if (rows === 0) piece = columns.map(() => []);
    for (const [index, column] of columns.entries()) {
      const value = row[column.name] ?? null;
      if (value !== null && typeof value !== 'bigint' && typeof value !== 'string') {
        throw new TypeError(`${name}.${column.name} holds neither a number nor a text.`);
      }
      if (typeof value === 'string') characters += value.length;
      piece[index]?.push(value);
    }
    rows++;
    if (rows < mostRows && characters < mostCharacters) continue;
    yield piece;
    [rows, characters] = [0, 0];
  }
  if (rows > 0) yield piece;
}
