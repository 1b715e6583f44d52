import { type Client, type ClientBase, DatabaseError, Pool, type PoolClient } from 'pg';
import { type Mode, operationsOf } from './all-operations.ts';
import { leadPostgres } from './postgres-lead.ts';
import { bringUpToDate } from './postgres-schema.ts';
import { exactTypes, sqlOf } from './postgres-sql.ts';
import { refreshAtOnce } from './refresh.ts';
import { sharedOperations } from './shared.ts';
import type { Operation, Sql } from './sql.ts';
import type { Store } from './store.ts';
import { tracked } from './tracked.ts';

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`, with what else the `pg` package knows. */
  readonly url: string;
  /** Connections at most. Default 10. */
  readonly connections?: number;
  /** What the database's administrator sees of them. */
  readonly name?: string;
}

const tries = 5;

/** Opens the PostgreSQL store and brings its schema up to date. Throws when it was written by a newer version. */
export async function openPostgresStore({
  url,
  connections = 10,
  name = 'tokenboard',
}: PostgresStoreOptions): Promise<Store> {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    types: exactTypes,
    application_name: name,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks while idle is replaced when one is needed; who needs it is told then.
  pool.on('error', () => {});

  async function connected<Outcome>(work: (sql: Sql, client: PoolClient) => Promise<Outcome>): Promise<Outcome> {
    const client = await pool.connect();
    let broken = false;
    const onError = (): void => {
      broken = true;
    };
    client.on('error', onError);
    try {
      return await work(sqlOf(client), client);
    } catch (error) {
      // Anything that the server did not say itself leaves the connection in a state that nobody knows.
      if (!(error instanceof DatabaseError)) broken = true;
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  async function run<Order, Outcome>(mode: Mode, operation: Operation<Order, Outcome>, order: Order): Promise<Outcome> {
    for (let left = tries - 1; ; left--) {
      try {
        return await connected((sql, client) =>
          mode === 'single' ? operation(sql, order) : inTransaction(client, mode, () => operation(sql, order)),
        );
      } catch (error) {
        if (left === 0 || !isPassing(error)) throw error;
      }
    }
  }

  try {
    await connected((_sql, client) => inTransaction(client, 'write', () => bringUpToDate(client)));
  } catch (error) {
    await pool.end();
    throw error;
  }
  // Few large transactions take less of the database than many small ones.
  const parallel = Math.max(1, Math.floor(connections / 5));
  let closed: Promise<void> | undefined;
  const { operations, idle } = tracked(
    operationsOf(run, {
      ...sharedOperations(run, parallel),
      refreshWindows: refreshAtOnce(run),
    }),
  );
  return {
    ...operations,
    kind: 'postgres',
    ready: async () => void (await pool.query('SELECT 1')),
    tryLead: () => leadPostgres(url),
    backup: async () => {
      throw new Error('A PostgreSQL database is copied by pg_dump, not by this command.');
    },
    close() {
      closed ??= idle().then(() => pool.end());
      return closed;
    },
  };
}

async function inTransaction<Outcome>(
  client: ClientBase | Client,
  mode: Exclude<Mode, 'single'>,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  await client.query(mode === 'write' ? 'BEGIN' : 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const outcome = await work();
    await client.query('COMMIT');
    return outcome;
  } catch (error) {
    if (error instanceof DatabaseError) await client.query('ROLLBACK');
    throw error;
  }
}

/** Serialization failure and deadlock: nothing was done, and the next try will do it. */
function isPassing(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '40001' || error.code === '40P01');
}
