import { Client, DatabaseError } from 'pg';
import { type MoveSource, openMoveSource, type SourceTable } from './move-source.ts';
import { bringUpToDate, lockSchema } from './postgres-schema.ts';
import { exactTypes } from './postgres-sql.ts';

export interface Move {
  /** The SQLite database; it is read alone, and nobody else can open it meanwhile. */
  readonly file: string;
  /** `postgres://…` of a database without tables. */
  readonly url: string;
  /** Called when all is copied and counted, right before it holds. What it throws ends the move. */
  readonly beforeCommit: () => void | Promise<void>;
  /** Called when nothing was moved although `beforeCommit` was called. */
  readonly undone: () => void;
}

export interface MovedTable {
  readonly name: string;
  readonly rows: number;
}

/** Tables that PostgreSQL has and nothing is moved into: the schema's version, and counts of the last minutes. */
const ofItsOwn = ['rate', 'schema_step'];

/**
 * Copies a board from SQLite into an empty PostgreSQL database, in one transaction there: all of it, or nothing. The
 * SQLite file is only read. Throws a sentence where either cannot be used, or the counts of the rows are not the same.
 */
export async function moveToPostgres({ file, url, beforeCommit, undone }: Move): Promise<readonly MovedTable[]> {
  const source = openMoveSource(file);
  try {
    const client = await connect(url);
    try {
      return await copy(source, client, { beforeCommit, undone });
    } finally {
      // A connection that is broken cannot be ended well.
      await client.end().catch(() => {});
    }
  } finally {
    source.close();
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    types: exactTypes,
    application_name: 'tokenboard move',
    connectionTimeoutMillis: 10_000,
  });
  // Whoever waits for an answer is told.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (cause) {
    throw new Error(`The PostgreSQL database does not answer: ${textOf(cause)}`, { cause });
  }
  return client;
}

async function copy(
  source: MoveSource,
  client: Client,
  { beforeCommit, undone }: Pick<Move, 'beforeCommit' | 'undone'>,
): Promise<readonly MovedTable[]> {
  let called = false;
  let committing = false;
  try {
    await client.query('BEGIN');
    for (const limit of ['statement_timeout', 'idle_in_transaction_session_timeout']) {
      await client.query(`SET LOCAL ${limit} = 0`);
    }
    // Whoever starts a server on it meanwhile waits, and then finds the board.
    await lockSchema(client);
    await checkEmpty(client);
    await bringUpToDate(client);
    await checkSame(source, client);
    const moved: MovedTable[] = [];
    for (const table of source.tables) moved.push(await copyTable(source, table, client));
    called = true;
    await beforeCommit();
    committing = true;
    await client.query('COMMIT');
    return moved;
  } catch (error) {
    if (committing && !(error instanceof DatabaseError)) {
      throw new Error(
        'The connection broke at the very end, so it is not known whether the board was moved. Ask with tokenboard admin members --database-url …: if there is no board, remove board.db-moved and move again.',
        { cause: error },
      );
    }
    if (called) undone();
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** What is there is neither mixed with a board nor written over. */
async function checkEmpty(client: Client): Promise<void> {
  const found = await tablesOf(client);
  if (found.length === 0) return;
  const what = found.includes('organisation')
    ? 'There is a board in that database already'
    : 'That database has tables already';
  throw new Error(`${what}: a board is moved into an empty one (CREATE DATABASE tokenboard). Nothing was changed.`);
}

/** Both were made of one schema; a table that only one has would be left behind without a word. */
async function checkSame({ tables }: MoveSource, client: Client): Promise<void> {
  const there = (await tablesOf(client)).filter((name) => !ofItsOwn.includes(name));
  const here = tables.map(({ name }) => name);
  const odd = [...here.filter((name) => !there.includes(name)), ...there.filter((name) => !here.includes(name))];
  if (odd.length > 0) throw new Error(`Only one of both databases has the table ${odd.join(', ')}.`);
}

async function copyTable(source: MoveSource, table: SourceTable, client: Client): Promise<MovedTable> {
  const { name, columns, counter } = table;
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
  const text = `INSERT INTO ${name} (${columns.map((column) => column.name).join(', ')}) SELECT * FROM unnest(${arrays})`;
  try {
    for (const piece of source.pieces(table)) {
      await client.query({ name: `move ${name}`, text, values: [...piece] });
    }
  } catch (cause) {
    throw new Error(`The table ${name} cannot be moved: ${textOf(cause)}. Nothing was changed.`, { cause });
  }
  if (counter !== undefined && counter.last > 0n) {
    await client.query('SELECT setval(pg_get_serial_sequence($1, $2), $3)', [name, counter.column, counter.last]);
  }
  await client.query(`ANALYZE ${name}`);
  const { rows } = await client.query<{ count: number }>(`SELECT COUNT(*) AS count FROM ${name}`);
  const [there, here] = [rows[0]?.count, source.count(table)];
  if (there !== here) {
    throw new Error(`The table ${name} has ${here} rows, but ${there} arrived. Nothing was changed.`);
  }
  return { name, rows: here };
}

async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1',
  );
  return rows.map(({ name }) => name);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
