import { first, type Operation } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

/** What nobody came back for goes when the next one comes, so that none are heaped up. */
export const keepPassage: Operation<OrderOf<'keepPassage'>, void> = async (sql, order) => {
  await sql.run('DELETE FROM passage WHERE org = $1 AND expires_at <= $2', [order.org, order.now]);
  await sql.run('INSERT INTO passage (hash, org, kind, body, expires_at) VALUES ($1, $2, $3, $4, $5)', [
    order.hash,
    order.org,
    order.kind,
    order.body,
    order.expiresAt,
  ]);
};

/** Of many that take one at once, one finds its row. */
export const passage: Operation<OrderOf<'passage'>, OutcomeOf<'passage'>> = async (sql, order) => {
  const { org, hash, kind, take, now } = order;
  const where = 'passage WHERE hash = $1 AND org = $2 AND kind = $3';
  const found = await first<{ body: string; expires_at: number }>(
    sql,
    take ? `DELETE FROM ${where} RETURNING body, expires_at` : `SELECT body, expires_at FROM ${where}`,
    [hash, org, kind],
  );
  return found === undefined || found.expires_at <= now ? null : found.body;
};

export const openDevice: Operation<OrderOf<'openDevice'>, boolean> = async (sql, order) => {
  const { org, hash, userCode, intervalMs, expiresAt, now } = order;
  await sql.run('DELETE FROM device_grant WHERE org = $1 AND expires_at <= $2', [org, now]);
  const made = await sql.run(
    `INSERT INTO device_grant (hash, org, user_code, state, started_at, polled_at, interval_ms, expires_at)
     VALUES ($1, $2, $3, 'waiting', $4, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [hash, org, userCode, now, intervalMs, expiresAt],
  );
  return made > 0;
};

export const waitingDevice: Operation<OrderOf<'waitingDevice'>, OutcomeOf<'waitingDevice'>> = async (sql, order) => {
  const found = await first<{ hash: string; started_at: number }>(
    sql,
    `SELECT hash, started_at FROM device_grant
     WHERE org = $1 AND user_code = $2 AND state = 'waiting' AND expires_at > $3`,
    [order.org, order.userCode, order.now],
  );
  return found === undefined ? null : { hash: found.hash, startedAt: found.started_at };
};

export const answerDevice: Operation<OrderOf<'answerDevice'>, boolean> = async (sql, { org, hash, body, now }) => {
  const changed = await sql.run(
    `UPDATE device_grant SET state = $3, body = $4
     WHERE org = $1 AND hash = $2 AND state = 'waiting' AND expires_at > $5`,
    [org, hash, body === null ? 'denied' : 'allowed', body, now],
  );
  return changed > 0;
};

/** Whoever asks too soon waits so much longer from then on. */
const slowerMs = 5000;
/** Answers travel, and timers are not exact. */
const toleranceMs = 500;

export const pollDevice: Operation<OrderOf<'pollDevice'>, OutcomeOf<'pollDevice'>> = async (sql, order) => {
  const { org, hash, now } = order;
  const found = await first<GrantRow>(
    sql,
    `SELECT state, body, polled_at, interval_ms, expires_at FROM device_grant
     WHERE org = $1 AND hash = $2 ${sql.lock('device_grant')}`,
    [org, hash],
  );
  if (found === undefined) return { outcome: 'expired' };
  if (found.expires_at > now && found.state === 'waiting') {
    const soon = now < found.polled_at + found.interval_ms - toleranceMs;
    const intervalMs = found.interval_ms + (soon ? slowerMs : 0);
    await sql.run('UPDATE device_grant SET polled_at = $3, interval_ms = $4 WHERE org = $1 AND hash = $2', [
      org,
      hash,
      now,
      intervalMs,
    ]);
    return { outcome: soon ? 'slow_down' : 'pending', intervalMs };
  }
  await sql.run('DELETE FROM device_grant WHERE org = $1 AND hash = $2', [org, hash]);
  if (found.expires_at <= now) return { outcome: 'expired' };
  return found.body === null ? { outcome: 'denied' } : { outcome: 'allowed', body: found.body };
};

interface GrantRow {
  readonly [column: string]: string | number | null;
  readonly state: 'waiting' | 'allowed' | 'denied';
  readonly body: string | null;
  readonly polled_at: number;
  readonly interval_ms: number;
  readonly expires_at: number;
}
