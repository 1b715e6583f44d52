import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { Client } from 'pg';
import { cell, world } from '../server/http/world.ts';
import { postgresDatabase, sqliteDatabase, type TestDatabase } from '../server/store/stores.ts';
import { type KeptBoard, type KeptTables, keptBytes, keptJson, keptVersions } from './kept.ts';

const databases = { sqlite: keptFile, postgres: keptTables };

for (const version of keptVersions()) {
  for (const kind of ['sqlite', 'postgres'] as const) {
    describe(`A board of version ${version} on ${kind}`, function () {
      this.timeout(120_000);

      it('answers as it did, and takes in what is new', async () => {
        const { now, accessToken: token, snapshot, usage } = keptJson<KeptBoard>(version, `board-${kind}`);
        const at = await world(kind, { owned: false, local: false, now, found: await databases[kind](version) });
        try {
          const path = '/v1/boards/0?window=7d&metric=fresh';
          const told = await at.ask('GET', path, { token });
          assert.deepEqual(told.body?.rows, snapshot.rows, told.text);
          assert.equal(told.body.total?.sum, snapshot.total?.sum);
          assert.deepEqual((await at.ask('GET', '/v1/me/usage', { token })).body, usage);

          const policyVersion = snapshot.policyVersion;
          const cells = [cell({ day: '2026-11-21', model: 'claude-sonnet-4-5' })];
          const body = { v: 1, seq: 2, policyVersion, client: '1.0.0', cells };
          const taken = await at.ask('POST', '/v1/sync', { token, body });
          assert.equal(taken.body?.applied, 1, taken.text);
        } finally {
          await at.end();
        }
      });

      it('is refused in a clear sentence by a version that is older than it', async () => {
        const database = await databases[kind](version);
        try {
          await execute(database, 'INSERT INTO schema_step (step, at) VALUES (1000, 0)');
          await assert.rejects(database.open(), /written by a newer version/);
          assert.equal((await database.rows('SELECT COUNT(*) AS count FROM member')).length, 1);
        } finally {
          database.remove();
        }
      });
    });
  }
}

async function keptFile(version: string): Promise<TestDatabase> {
  const database = sqliteDatabase();
  if (database.place.kind === 'sqlite') writeFileSync(database.place.file, keptBytes(version, 'board-sqlite.db'));
  return database;
}

async function keptTables(version: string): Promise<TestDatabase> {
  const database = await postgresDatabase();
  if (database.place.kind !== 'postgres') return database;
  const { statements, tables } = keptJson<KeptTables>(version, 'board-postgres-tables');
  const client = new Client({ connectionString: database.place.url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows) {
      const names = Object.keys(row);
      const places = names.map((_, index) => `$${index + 1}`);
      await client.query(`INSERT INTO ${table} (${names}) VALUES (${places})`, Object.values(row));
    }
  }
  const { rows: counted } = await client.query<{ readonly table: string; readonly column: string }>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns WHERE is_identity = 'YES'`,
  );
  for (const { table, column } of counted) {
    await client.query(
      `SELECT setval(pg_get_serial_sequence('${table}', '${column}'), (SELECT COALESCE(MAX(${column}), 1) FROM ${table}))`,
    );
  }
  await client.end();
  return database;
}

async function execute(database: TestDatabase, statement: string): Promise<void> {
  await database.rows(statement);
}
