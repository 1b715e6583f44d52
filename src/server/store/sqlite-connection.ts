import { closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Mode } from './all-operations.ts';
import { migrate } from './migrate.ts';
import { inDialect, rateTable, sqliteDialect } from './schema.ts';
import { filter, type Operation, type Row, type Sql, type Value } from './sql.ts';

/** How long a connection waits for another process, a backup or a command, that writes. */
const patienceMs = 10_000;

export interface SqliteConnection {
  /** Runs an operation in a transaction. One at a time: the caller waits for each before the next. */
  run<Order, Outcome>(mode: Mode, operation: Operation<Order, Outcome>, order: Order): Promise<Outcome>;
  backup(file: string): void;
  close(): void;
}

/** Megabytes of pages that a connection keeps; the system keeps more of them in memory that nobody else needs. */
const pagesMB = 24;

/** Opens a file, makes it or brings its schema up to date. Every commit is on the disk before it is answered. */
export async function openSqlite(file: string, pages = pagesMB): Promise<SqliteConnection> {
  makePrivate(file);
  const database = new DatabaseSync(file, { timeout: patienceMs });
  const sql = sqlOf(database);

  async function run<Order, Outcome>(mode: Mode, operation: Operation<Order, Outcome>, order: Order): Promise<Outcome> {
    if (mode === 'single') return operation(sql, order);
    database.exec(mode === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN');
    try {
      const outcome = await operation(sql, order);
      database.exec('COMMIT');
      return outcome;
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  try {
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA temp_store = MEMORY');
    database.exec(`PRAGMA cache_size = -${pages * 1024}`);
    await run('write', (migrating) => migrate(migrating, sqliteDialect), null);
    database.exec(`CREATE TEMP TABLE ${inDialect(rateTable, sqliteDialect)}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    run,
    backup(copy) {
      // SQLite writes only into a file that is not there or empty.
      if (existsSync(copy)) throw new Error(`${copy} exists already.`);
      makePrivate(copy);
      database.prepare('VACUUM INTO ?').run(copy);
    },
    close: () => database.close(),
  };
}

/** Others of this machine do not read it; what SQLite puts beside it has the same rights. */
function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

function sqlOf(database: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();

  function statementOf(text: string): StatementSync {
    let statement = prepared.get(text);
    if (statement === undefined) {
      statement = database.prepare(text.replace(/\$(\d+)/g, '?$1'));
      prepared.set(text, statement);
    }
    return statement;
  }

  return {
    all: async <Shape extends Row>(text: string, values: readonly Value[] = []) =>
      statementOf(text).all(...values) as Shape[],
    run: async (text, values = []) => Number(statementOf(text).run(...values).changes),
    // A transaction that writes is alone.
    lock: () => '',
    share: () => '',
    lockAll: async () => {},
    given: (types, rows, before) => ({
      text: `SELECT ${types.map((_type, index) => `value ->> ${index}`).join(', ')} FROM json_each($${before + 1})`,
      values: [JSON.stringify(rows)],
    }),
    analyze: async () => {},
    sum: (expression, when) => `COALESCE(SUM(${expression})${filter(when)}, 0)`,
    spacious: async () => {},
  };
}
