import type { Role, TeamRole } from '../../team/protocol/terms.ts';
import { writeDown } from './audit.ts';
import type { SignedInPerson } from './port-sign-in.ts';
import type { InviteRecord } from './records.ts';
import { first, newId, type Operation, type Row, type Sql } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

export const createInvite: Operation<OrderOf<'createInvite'>, OutcomeOf<'createInvite'>> = async (sql, order) => {
  const { org, team, by, now } = order;
  if (team !== null) {
    const found = await first(sql, 'SELECT team FROM team WHERE org = $1 AND team = $2', [org, team]);
    if (found === undefined) return 'no_team';
  }
  if (by.member !== null && order.member !== by.member && !(await mayInvite(sql, org, by.member, order))) {
    return 'not_allowed';
  }
  const invite: InviteRecord = {
    id: newId(),
    team,
    role: order.role,
    teamRole: order.teamRole,
    member: order.member,
    createdBy: by.member,
    uses: order.uses,
    used: 0,
    createdAt: now,
    expiresAt: order.expiresAt,
  };
  await sql.run(
    `INSERT INTO invite (org, invite, hash, team, role, team_role, member, created_by, set_up, uses, used, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, 0, $10, $11)`,
    [
      org,
      invite.id,
      order.hash,
      team,
      order.role,
      order.teamRole,
      order.member,
      by.member,
      order.uses,
      now,
      order.expiresAt,
    ],
  );
  if (order.member === null) await writeDown(sql, { org, action: 'invite.create', by, subject: invite.id, now });
  return invite;
};

export const invites: Operation<OrderOf<'invites'>, readonly InviteRecord[]> = async (sql, { org, team, now }) => {
  const rows = await sql.all<InviteRow>(
    `SELECT ${inviteColumns} FROM invite
     WHERE org = $1 AND member IS NULL AND subject IS NULL AND set_up = 0 AND used < uses AND expires_at > $2
       AND (CAST($3 AS BIGINT) IS NULL OR team = $3) ORDER BY created_at, invite`,
    [org, now, team],
  );
  return rows.map(inviteOf);
};

export const revokeInvite: Operation<OrderOf<'revokeInvite'>, boolean> = async (sql, { org, invite, by, now }) => {
  const changed = await sql.run(
    'DELETE FROM invite WHERE org = $1 AND invite = $2 AND set_up = 0 AND subject IS NULL',
    [org, invite],
  );
  if (changed > 0) await writeDown(sql, { org, action: 'invite.revoke', by, subject: invite, now });
  return changed > 0;
};

/** Owners invite anyone, admins members, a team's owner members into that team. */
export async function mayInvite(
  sql: Sql,
  org: number,
  member: number,
  invite: { readonly team: number | null; readonly role: Role },
): Promise<boolean> {
  const found = await first<{ role: Role; team_role: TeamRole | null }>(
    sql,
    `SELECT m.role, t.role AS team_role
     FROM member m LEFT JOIN team_member t ON t.org = m.org AND t.member = m.member AND t.team = $3
     WHERE m.org = $1 AND m.member = $2`,
    [org, member, invite.team],
  );
  if (found === undefined) return false;
  if (found.role === 'owner') return true;
  if (invite.role !== 'member') return false;
  return found.role === 'admin' || found.team_role === 'owner';
}

export const inviteColumns =
  'invite, team, role, team_role, member, created_by, set_up, uses, used, created_at, expires_at, subject, sealed, checked_at';

export interface InviteRow extends Row {
  readonly invite: number;
  readonly team: number | null;
  readonly role: Role;
  readonly team_role: TeamRole;
  readonly member: number | null;
  readonly created_by: number | null;
  readonly set_up: number;
  readonly uses: number;
  readonly used: number;
  readonly created_at: number;
  readonly expires_at: number;
  readonly subject: string | null;
  readonly sealed: string | null;
  readonly checked_at: number | null;
}

/** A ticket stands in an invite's place for someone who has signed in and is no member yet; 15 minutes and once. */
export const createTicket: Operation<OrderOf<'createTicket'>, void> = async (sql, order) => {
  const { org, hash, person, expiresAt, now } = order;
  // What nobody agreed to, or everybody has, is not kept for longer than it holds.
  await sql.run('DELETE FROM invite WHERE org = $1 AND subject IS NOT NULL AND expires_at <= $2', [org, now]);
  await sql.run(
    `INSERT INTO invite (org, invite, hash, role, team_role, set_up, uses, used, created_at, expires_at, subject, sealed, checked_at)
     VALUES ($1, $2, $3, $4, 'member', 0, 1, 0, $5, $6, $7, $8, $9)`,
    [org, newId(), hash, person.role ?? 'member', now, expiresAt, person.subject, person.sealed, person.checkedAt],
  );
};

/** Who has a ticket; null for an invite. */
export function personOf({ subject, sealed, checked_at: checkedAt }: InviteRow): SignedInPerson | null {
  return subject === null ? null : { subject, role: null, sealed, checkedAt: checkedAt ?? 0 };
}

function inviteOf(row: InviteRow): InviteRecord {
  return {
    id: row.invite,
    team: row.team,
    role: row.role,
    teamRole: row.team_role,
    member: row.member,
    createdBy: row.created_by,
    uses: row.uses,
    used: row.used,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
