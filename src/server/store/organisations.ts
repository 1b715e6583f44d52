import { writeDown } from './audit.ts';
import type { Organisation, StoredPolicy } from './records.ts';
import { first, newId, type Operation, type Row, type Sql } from './sql.ts';
import type { OrderOf } from './store.ts';

export const organisation: Operation<OrderOf<'organisation'>, Organisation | null> = async (sql) => {
  const found = await first<OrganisationRow>(
    sql,
    `SELECT o.org, o.created_at, o.closed, p.version, p.sha256, p.body, p.at,
       (SELECT COUNT(*) FROM member m WHERE m.org = o.org AND m.role = 'owner') AS owners
     FROM organisation o LEFT JOIN policy p ON p.org = o.org AND p.version = o.policy_version
     ORDER BY o.created_at LIMIT 1`,
  );
  if (found === undefined) return null;
  return {
    org: found.org,
    createdAt: found.created_at,
    closed: found.closed,
    policy: found.version === null ? null : policyOf({ ...found, version: found.version }),
    owned: found.owners > 0,
  };
};

export const createOrganisation: Operation<OrderOf<'createOrganisation'>, Organisation> = async (sql, order) => {
  await sql.lockAll('organisation');
  let found = await organisation(sql, {});
  const by = { member: null, role: null };
  if (found === null) {
    const org = newId();
    await sql.run('INSERT INTO organisation (org, created_at, policy_version) VALUES ($1, $2, 0)', [org, order.now]);
    await writeDown(sql, { org, action: 'organisation.create', by, now: order.now });
    found = { org, createdAt: order.now, closed: null, policy: null, owned: false };
  }
  if (!found.owned) {
    await sql.run('DELETE FROM invite WHERE org = $1 AND set_up = 1', [found.org]);
    await sql.run(
      `INSERT INTO invite (org, invite, hash, role, team_role, set_up, uses, used, created_at, expires_at)
       VALUES ($1, $2, $3, 'owner', 'member', 1, 1, 0, $4, $5)`,
      [found.org, newId(), order.setUpInvite, order.now, order.expiresAt],
    );
  }
  return found;
};

export const setPolicy: Operation<OrderOf<'setPolicy'>, 'stated' | 'version_taken'> = async (sql, order) => {
  const changed = await sql.run('UPDATE organisation SET policy_version = $2 WHERE org = $1 AND policy_version = $3', [
    order.org,
    order.version,
    order.version - 1,
  ]);
  if (changed === 0) return 'version_taken';
  await sql.run('INSERT INTO policy (org, version, sha256, body, at) VALUES ($1, $2, $3, $4, $5)', [
    order.org,
    order.version,
    order.sha256,
    order.body,
    order.now,
  ]);
  await sql.run('UPDATE snapshot SET revision = revision + 1 WHERE org = $1', [order.org]);
  await sql.run('DELETE FROM snapshot_row WHERE org = $1', [order.org]);
  await writeDown(sql, { ...order, action: 'policy.change' });
  return 'stated';
};

export const policies: Operation<OrderOf<'policies'>, readonly StoredPolicy[]> = async (sql, { org }) => {
  const rows = await sql.all<PolicyRow>(
    'SELECT version, sha256, body, at FROM policy WHERE org = $1 ORDER BY version DESC',
    [org],
  );
  return rows.map(policyOf);
};

export const setClosed: Operation<OrderOf<'setClosed'>, void> = async (sql, order) => {
  await sql.run('UPDATE organisation SET closed = $2 WHERE org = $1', [order.org, order.notice]);
  const action = order.notice === null ? 'board.open' : 'board.close';
  await writeDown(sql, { ...order, action, reason: order.notice });
};

/** The version of the policy of now, 0 for none. It cannot change until the transaction ends. */
export async function policyOfNow(sql: Sql, org: number): Promise<{ version: number; sha256: string } | null> {
  const found = await first<{ version: number; sha256: string }>(
    sql,
    `SELECT p.version, p.sha256 FROM organisation o JOIN policy p ON p.org = o.org AND p.version = o.policy_version
     WHERE o.org = $1 ${sql.share('o')}`,
    [org],
  );
  return found ?? null;
}

interface PolicyRow extends Row {
  readonly version: number;
  readonly sha256: string;
  readonly body: string;
  readonly at: number;
}

interface OrganisationRow extends Row {
  readonly org: number;
  readonly created_at: number;
  readonly closed: string | null;
  readonly version: number | null;
  readonly sha256: string;
  readonly body: string;
  readonly at: number;
  readonly owners: number;
}

function policyOf({ version, sha256, body, at }: PolicyRow): StoredPolicy {
  return { version, sha256, body, at };
}
