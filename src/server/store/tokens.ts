import type { ClientKind, Role } from '../../team/protocol/terms.ts';
import { writeDown } from './audit.ts';
import type { Session, TokenHashes } from './records.ts';
import { first, newId, type Operation, type Row, type Sql } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

/** A token is its family's one `access` token, its one `refresh` token, or a `spent` one that was exchanged before. */
type Kind = 'access' | 'refresh' | 'spent';

export const openFamily: Operation<OrderOf<'openFamily'>, number | null> = async (sql, order) => {
  const found = await first(sql, 'SELECT device FROM device WHERE org = $1 AND device = $2 AND member = $3', [
    order.org,
    order.device,
    order.member,
  ]);
  return found === undefined ? null : newFamily(sql, order);
};

export const rotate: Operation<OrderOf<'rotate'>, OutcomeOf<'rotate'>> = async (sql, { refresh, tokens, now }) => {
  const found = await first<{ org: number; family: number; kind: Kind; expires_at: number }>(
    sql,
    `SELECT org, family, kind, expires_at FROM token WHERE hash = $1 AND kind IN ('refresh', 'spent') ${sql.lock('token')}`,
    [refresh],
  );
  if (found === undefined) return { outcome: (await isErased(sql, refresh)) ? 'erased' : 'unknown' };
  const { org, family } = found;
  if (found.kind === 'spent') {
    await endFamily(sql, org, family);
    await writeDown(sql, { org, action: 'token.reuse', by: { member: null, role: null }, now });
    return { outcome: 'reused' };
  }
  if (found.expires_at <= now) return { outcome: 'expired' };
  await sql.run(`DELETE FROM token WHERE org = $1 AND family = $2 AND kind = 'access'`, [org, family]);
  await sql.run(`UPDATE token SET kind = 'spent' WHERE hash = $1`, [refresh]);
  await keepTokens(sql, org, family, tokens);
  const row = await first<SessionRow>(sql, sessionQuery(`t.hash = $1`), [tokens.access]);
  if (row === undefined) return { outcome: 'unknown' };
  return { outcome: 'rotated', session: sessionOf(row) };
};

export const revokeFamily: Operation<OrderOf<'revokeFamily'>, void> = (sql, { org, family }) =>
  endFamily(sql, org, family);

/** A family with its first two tokens, and by which attempt to join it came about. */
export async function newFamily(sql: Sql, order: OrderOf<'openFamily'>, attempt?: string): Promise<number> {
  const family = await startFamily(sql, order, attempt);
  await keepTokens(sql, order.org, family, order.tokens);
  return family;
}

/** A family without any token yet. */
export async function startFamily(
  sql: Sql,
  order: Omit<OrderOf<'openFamily'>, 'tokens'>,
  attempt?: string,
): Promise<number> {
  const family = newId();
  await sql.run(
    'INSERT INTO family (org, family, member, device, client, created_at, attempt) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [order.org, family, order.member, order.device, order.client, order.now, attempt ?? null],
  );
  return family;
}

/** Ends all tokens of a family, and gives it two new ones. */
export async function renewFamily(sql: Sql, org: number, family: number, tokens: TokenHashes) {
  await sql.run('DELETE FROM token WHERE org = $1 AND family = $2', [org, family]);
  await keepTokens(sql, org, family, tokens);
}

async function keepTokens(sql: Sql, org: number, family: number, tokens: TokenHashes) {
  await sql.run(
    `INSERT INTO token (hash, org, family, kind, expires_at) VALUES ($1, $2, $3, 'access', $4), ($5, $2, $3, 'refresh', $6)`,
    [tokens.access, org, family, tokens.accessExpiresAt, tokens.refresh, tokens.refreshExpiresAt],
  );
}

async function endFamily(sql: Sql, org: number, family: number) {
  await sql.run('DELETE FROM token WHERE org = $1 AND family = $2', [org, family]);
  await sql.run('DELETE FROM family WHERE org = $1 AND family = $2', [org, family]);
}

/** Whether a token was one of an erased member. */
export async function isErased(sql: Sql, hash: string): Promise<boolean> {
  return (await first(sql, 'SELECT hash FROM erased_token WHERE hash = $1', [hash])) !== undefined;
}

/** What a session is read from, of the token `t`. */
export const sessionColumns = `t.org, f.member, f.device, t.family, f.client, m.role, t.expires_at, o.policy_version,
      m.consent_version, c.models, m.hidden, o.closed`;

export const sessionTables = `FROM token t
      JOIN family f ON f.org = t.org AND f.family = t.family
      JOIN member m ON m.org = f.org AND m.member = f.member
      JOIN organisation o ON o.org = t.org
      LEFT JOIN consent c ON c.id = m.consent`;

function sessionQuery(where: string): string {
  return `SELECT ${sessionColumns} ${sessionTables} WHERE ${where}`;
}

export interface SessionRow extends Row {
  readonly org: number;
  readonly member: number;
  readonly device: number;
  readonly family: number;
  readonly client: ClientKind;
  readonly role: Role;
  readonly expires_at: number;
  readonly policy_version: number;
  readonly consent_version: number;
  readonly models: number | null;
  readonly hidden: number;
  readonly closed: string | null;
}

export function sessionOf(row: SessionRow): Session {
  return {
    org: row.org,
    member: row.member,
    device: row.device,
    family: row.family,
    client: row.client,
    role: row.role,
    accessExpiresAt: row.expires_at,
    policyVersion: row.policy_version,
    consentVersion: row.consent_version,
    models: row.consent_version > 0 && row.models === 1,
    hidden: row.hidden === 1,
    closed: row.closed,
  };
}
