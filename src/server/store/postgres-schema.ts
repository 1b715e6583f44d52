import type { ClientBase } from 'pg';
import { migrate } from './migrate.ts';
import { sqlOf, wholeSum } from './postgres-sql.ts';
import { inDialect, postgresDialect, rateTable } from './schema.ts';

/** Migrating is done by one process at a time; others wait for it. */
const migrationLock = 8_391_274_001;

/** Lets nobody else change the schema, or open a store, until the transaction of this connection ends. */
export async function lockSchema(client: ClientBase): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(${migrationLock})`);
}

/** Makes the schema or brings it up to date, within the transaction of this connection. Throws when it is of a newer version. */
export async function bringUpToDate(client: ClientBase): Promise<void> {
  await lockSchema(client);
  await migrate(sqlOf(client), postgresDialect);
  await client.query(wholeSum);
  await client.query(`CREATE UNLOGGED TABLE IF NOT EXISTS ${inDialect(rateTable, postgresDialect)}`);
}
