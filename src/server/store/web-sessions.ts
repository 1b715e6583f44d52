import { first, type Operation, type Row } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';
import { isErased, type SessionRow, sessionColumns, sessionOf, sessionTables, startFamily } from './tokens.ts';

/**
 * A browser's family has one `web` token, its cookie's; `web-spent` ones that it had before; and, until it is used,
 * the one `web-code` by which it is signed in. None of them is a token of the API.
 */
export const openWeb: Operation<OrderOf<'openWeb'>, boolean> = async (sql, order) => {
  const { org, member, hash, expiresAt, now } = order;
  const found = await first(sql, `SELECT member FROM member WHERE org = $1 AND member = $2 ${sql.lock('member')}`, [
    org,
    member,
  ]);
  if (found === undefined) return false;
  const family = await startFamily(sql, { org, member, device: order.device ?? noDevice, client: 'web', now });
  const kind = order.as === 'code' ? 'web-code' : 'web';
  await sql.run('INSERT INTO token (hash, org, family, kind, expires_at) VALUES ($1, $2, $3, $4, $5)', [
    hash,
    org,
    family,
    kind,
    expiresAt,
  ]);
  return true;
};

/** Ids of devices begin with 1. */
const noDevice = 0;

/** Of many that use a code at once, one finds its row. */
export const useWebCode: Operation<OrderOf<'useWebCode'>, boolean> = async (sql, { code, hash, expiresAt, now }) => {
  const [used] = await sql.all<{ org: number; family: number; expires_at: number }>(
    `DELETE FROM token WHERE hash = $1 AND kind = 'web-code' RETURNING org, family, expires_at`,
    [code],
  );
  if (used === undefined || used.expires_at <= now) return false;
  const { org, family } = used;
  await sql.run(
    `INSERT INTO token (hash, org, family, kind, expires_at)
     SELECT $1, org, family, 'web', $2 FROM family WHERE org = $3 AND family = $4`,
    [hash, expiresAt, org, family],
  );
  return true;
};

interface WebRow extends SessionRow {
  readonly kind: 'web' | 'web-spent';
  readonly created_at: number;
  readonly newest: number | null;
}

export const webSession: Operation<OrderOf<'webSession'>, OutcomeOf<'webSession'>> = async (sql, { hash }) => {
  const row = await first<WebRow>(
    sql,
    `SELECT ${sessionColumns}, t.kind, f.created_at,
       (SELECT MAX(n.expires_at) FROM token n WHERE n.org = t.org AND n.family = t.family AND n.kind = 'web') AS newest
     ${sessionTables} WHERE t.hash = $1 AND t.kind IN ('web', 'web-spent')`,
    [hash],
  );
  if (row === undefined) return (await isErased(sql, hash)) ? 'erased' : null;
  return {
    session: sessionOf(row),
    startedAt: row.created_at,
    spent: row.kind === 'web-spent',
    expiresAt: row.newest ?? 0,
  };
};

export const renewWeb: Operation<OrderOf<'renewWeb'>, boolean> = async (sql, { hash, next, expiresAt, spentUntil }) => {
  const [spent] = await sql.all<Row & { org: number; family: number }>(
    `UPDATE token SET kind = 'web-spent', expires_at = $2 WHERE hash = $1 AND kind = 'web' RETURNING org, family`,
    [hash, spentUntil],
  );
  if (spent === undefined) return false;
  await sql.run(`INSERT INTO token (hash, org, family, kind, expires_at) VALUES ($1, $2, $3, 'web', $4)`, [
    next,
    spent.org,
    spent.family,
    expiresAt,
  ]);
  return true;
};
