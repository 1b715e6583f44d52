import { Client } from 'pg';
import { nextLeadership } from './leadership.ts';
import type { Leadership } from './store.ts';

const leaderLock = 8_391_274_002;
const keepAliveMs = 5000;

/** Leads while a connection of its own lives, which has the database's one lock for it. */
export async function leadPostgres(url: string): Promise<Leadership | null> {
  const client = new Client({
    connectionString: url,
    application_name: 'tokenboard leader',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 2 * keepAliveMs,
  });
  let holds = false;
  const lost = (): void => {
    holds = false;
  };
  const gone = (): void => {
    lost();
    client.end().catch(() => {});
  };
  client.on('error', lost);
  client.on('end', lost);
  await client.connect();
  const { rows } = await client.query<{ led: boolean }>(`SELECT pg_try_advisory_lock(${leaderLock}) AS led`);
  if (rows[0]?.led !== true) {
    await client.end();
    return null;
  }
  const begun = await client.query<{ epoch: string }>(nextLeadership);
  holds = true;
  // A server that vanished without a word is noticed by asking.
  const asking = setInterval(() => void client.query('SELECT 1').catch(gone), keepAliveMs);
  asking.unref();
  return {
    epoch: Number(begun.rows[0]?.epoch),
    holds: () => holds,
    async release() {
      clearInterval(asking);
      holds = false;
      await client.end();
    },
  };
}
