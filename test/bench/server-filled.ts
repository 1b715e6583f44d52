import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { newPolicy } from '../../src/server/policy/new-policy.ts';
import { openPostgresStore } from '../../src/server/store/postgres-store.ts';
import { openSqliteBeside } from '../../src/server/store/sqlite-beside.ts';
import type { Store } from '../../src/server/store/store.ts';
import { startPostgres } from '../server/servers/postgres.ts';
import { type Execute, type FillOrder, fillBoard } from './server-people.ts';

type Fill = Omit<FillOrder, 'kind' | 'policy' | 'now'>;

/** A store with people in it, that a server can be started on. */
export interface FilledStore {
  /** What `tokenboard serve` is to be told. */
  readonly args: readonly string[];
  end(): Promise<void>;
}

/** As a careful administrator has it on a small machine: every commit is on the disk, a quarter of some memory for pages. */
const settings = { shared_buffers: '1GB', max_wal_size: '4GB' };

export async function filledPostgres(fill: Fill): Promise<FilledStore> {
  const server = await startPostgres(settings);
  const url = await server.database();
  const client = new Client({ connectionString: url });
  await client.connect();
  const key = 'PRIMARY KEY (org, device, day, tool, model)';
  await found(await openPostgresStore({ url }), 'postgres', fill, async (fillIt) => {
    // Keys of millions of rows are quicker made at once.
    await client.query('ALTER TABLE cell DROP CONSTRAINT cell_pkey');
    await fillIt((statement, values) => client.query(statement, [...values]));
    await client.query(`ALTER TABLE cell ADD ${key}`);
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  });
  await client.end();
  return { args: ['--database-url', url], end: () => server.crash() };
}

export async function filledSqlite(data: string, fill: Fill): Promise<FilledStore> {
  const file = join(data, 'board.db');
  await found(await openSqliteBeside(file), 'sqlite', fill, async (fillIt) => {
    const database = new DatabaseSync(file);
    await fillIt(async (statement, values) => void database.prepare(statement).run(...values));
    database.close();
  });
  return { args: [], end: async () => {} };
}

async function found(
  store: Store,
  kind: FillOrder['kind'],
  fill: Fill,
  work: (fillIt: (run: Execute) => Promise<void>) => Promise<void>,
): Promise<void> {
  const now = Date.now();
  const policy = newPolicy(
    {
      purpose: 'To measure',
      organisation: 'Bench',
      contact: null,
      worksAgreement: null,
      usedForPay: false,
      cadence: 'daily',
      k: 5,
      topN: 250,
      quiet: false,
      metrics: ['fresh', 'tokens', 'cost', 'cacheShare', 'activeDays', 'models'],
      defaultMetric: 'fresh',
      budget: null,
    },
    1,
    now,
  );
  const { org } = await store.createOrganisation({ setUpInvite: 'none', expiresAt: now, now });
  const by = { member: null, role: null };
  await store.setPolicy({ org, by, version: 1, sha256: policy.sha256, body: JSON.stringify(policy), now });
  await work((run) => fillBoard(run, org, { ...fill, kind, policy, now }));
  await store.close();
}
