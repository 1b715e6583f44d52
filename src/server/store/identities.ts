import type { Role } from '../../team/protocol/terms.ts';
import { writeDown } from './audit.ts';
import { memberDevice } from './member-devices.ts';
import type { IdentityRecord, SignedInPerson } from './port-sign-in.ts';
import { dayName, first, listOf, type Operation, type Row, type Sql } from './sql.ts';
import { standingChanged } from './standing-changed.ts';
import type { OrderOf, OutcomeOf } from './store.ts';
import { newFamily } from './tokens.ts';

export const signIn: Operation<OrderOf<'signIn'>, OutcomeOf<'signIn'>> = async (sql, order) => {
  const { org, person, device, now } = order;
  const member = await confirm(sql, org, person, now);
  if (member === undefined) return { outcome: 'unknown' };
  let added = 0;
  if (device !== null) {
    const found = await memberDevice(sql, { deviceKey: device.deviceKey, now }, org, member);
    if (typeof found === 'string') return { outcome: found === 'invalid' ? 'unknown' : found };
    await newFamily(sql, { org, member, device: found, client: device.client, tokens: device.tokens, now });
    added = found;
  }
  const joined = await first<{ joined_day: number }>(
    sql,
    'SELECT joined_day FROM member WHERE org = $1 AND member = $2',
    [org, member],
  );
  return { outcome: 'member', member, device: added, joinedDay: dayName(joined?.joined_day ?? 0) };
};

/** Ties a member to the person; false where the person, or the member, is tied already. */
export async function keepIdentity(sql: Sql, org: number, member: number, person: SignedInPerson): Promise<boolean> {
  const made = await sql.run(
    `INSERT INTO identity (org, subject, member, sealed, checked_at, lease_until) VALUES ($1, $2, $3, $4, $5, 0)
     ON CONFLICT DO NOTHING`,
    [org, person.subject, member, person.sealed, person.checkedAt],
  );
  return made > 0;
}

/** The member to whom a person is tied; 0, which is no member, where there is none. */
export async function identifiedMember(sql: Sql, org: number, subject: string): Promise<number> {
  const found = await first<{ member: number }>(sql, 'SELECT member FROM identity WHERE org = $1 AND subject = $2', [
    org,
    subject,
  ]);
  return found?.member ?? 0;
}

/** Keeps that the provider has confirmed a person; gives the member, undefined for nobody. */
export async function confirm(sql: Sql, org: number, person: SignedInPerson, now: number): Promise<number | undefined> {
  const found = await first<{ member: number; leaves_at: number | null }>(
    sql,
    `SELECT member, leaves_at FROM identity WHERE org = $1 AND subject = $2 ${sql.lock('identity')}`,
    [org, person.subject],
  );
  if (found === undefined) return undefined;
  const { member } = found;
  await sql.run(
    `UPDATE identity SET sealed = $3, checked_at = $4, lease_until = 0, leaves_at = NULL WHERE org = $1 AND subject = $2`,
    [org, person.subject, person.sealed, person.checkedAt],
  );
  const { role: before } = (await first<{ role: Role }>(
    sql,
    `SELECT role FROM member WHERE org = $1 AND member = $2 ${sql.lock('member')}`,
    [org, member],
  )) ?? { role: 'owner' };
  const server = { member: null, role: null };
  if (person.role !== null && before !== 'owner' && before !== person.role) {
    await sql.run('UPDATE member SET role = $3 WHERE org = $1 AND member = $2', [org, member, person.role]);
    const reason = 'the groups of the sign-in';
    await writeDown(sql, { org, action: 'member.role', by: server, subject: member, reason, now });
  }
  if (found.leaves_at !== null) {
    await sql.run(
      `UPDATE member SET consent_version = COALESCE(
         (SELECT c.version FROM consent c WHERE c.id = member.consent AND c.withdrawn_at IS NULL), 0)
       WHERE org = $1 AND member = $2`,
      [org, member],
    );
    await standingChanged(sql, org, [member]);
    await writeDown(sql, { org, action: 'member.show', by: server, subject: member, reason: absenceReason, now });
  }
  return member;
}

const absenceReason = 'the sign-in';

export const identity: Operation<OrderOf<'identity'>, IdentityRecord | null> = async (sql, { refresh }) => {
  const found = await first<IdentityRow>(
    sql,
    `SELECT i.subject, i.member, i.sealed, i.checked_at
     FROM token t JOIN family f ON f.org = t.org AND f.family = t.family
       JOIN identity i ON i.org = f.org AND i.member = f.member
     WHERE t.hash = $1 AND t.kind = 'refresh'`,
    [refresh],
  );
  return found === undefined ? null : recordOf(found);
};

/** Whoever is second finds the lease taken, also where both have looked at once. */
export const claimIdentities: Operation<OrderOf<'claimIdentities'>, readonly IdentityRecord[]> = async (sql, order) => {
  const { org, subject, checkedBefore, unsealedBefore, leaseUntil, limit, now } = order;
  const due = `org = $1 AND leaves_at IS NULL AND lease_until <= $2
    AND (checked_at <= $3 AND sealed IS NOT NULL OR checked_at <= $4 AND sealed IS NULL)`;
  const returned = 'RETURNING subject, member, sealed, checked_at';
  const values = [org, now, checkedBefore, unsealedBefore, leaseUntil];
  const rows =
    subject === null
      ? await sql.all<IdentityRow>(
          `UPDATE identity SET lease_until = $5
           WHERE subject IN (SELECT subject FROM identity WHERE ${due} ORDER BY checked_at LIMIT $6) AND ${due} ${returned}`,
          [...values, limit],
        )
      : await sql.all<IdentityRow>(`UPDATE identity SET lease_until = $5 WHERE subject = $6 AND ${due} ${returned}`, [
          ...values,
          subject,
        ]);
  return rows.map(recordOf);
};

export const beginAbsence: Operation<OrderOf<'beginAbsence'>, number | null> = async (sql, order) => {
  const { org, subject, leavesAt, now } = order;
  const found = await first<{ member: number; leaves_at: number | null }>(
    sql,
    `SELECT member, leaves_at FROM identity WHERE org = $1 AND subject = $2 ${sql.lock('identity')}`,
    [org, subject],
  );
  if (found === undefined) return null;
  const { member, leaves_at: before } = found;
  await sql.run('UPDATE identity SET sealed = NULL, leaves_at = $3, lease_until = 0 WHERE org = $1 AND subject = $2', [
    org,
    subject,
    Math.min(before ?? leavesAt, leavesAt),
  ]);
  await endTokens(sql, org, member);
  if (before !== null) return null;
  await sql.run('UPDATE member SET consent_version = 0 WHERE org = $1 AND member = $2', [org, member]);
  await standingChanged(sql, org, [member]);
  const by = { member: null, role: null };
  await writeDown(sql, { org, action: 'member.hide', by, subject: member, reason: absenceReason, now });
  return member;
};

export const leavers: Operation<OrderOf<'leavers'>, readonly number[]> = async (sql, { org, limit, now }) => {
  const rows = await sql.all<{ member: number }>(
    'SELECT member FROM identity WHERE org = $1 AND leaves_at <= $2 ORDER BY leaves_at LIMIT $3',
    [org, now, limit],
  );
  return rows.map(({ member }) => member);
};

/** Signs a member out everywhere. */
async function endTokens(sql: Sql, org: number, member: number): Promise<void> {
  const families = await sql.all<{ family: number }>('SELECT family FROM family WHERE org = $1 AND member = $2', [
    org,
    member,
  ]);
  if (families.length === 0) return;
  const list = listOf(
    families.map(({ family }) => family),
    1,
  );
  for (const table of ['token', 'family']) {
    await sql.run(`DELETE FROM ${table} WHERE org = $1 AND family IN ${list.text}`, [org, ...list.values]);
  }
}

interface IdentityRow extends Row {
  readonly subject: string;
  readonly member: number;
  readonly sealed: string | null;
  readonly checked_at: number;
}

function recordOf({ subject, member, sealed, checked_at: checkedAt }: IdentityRow): IdentityRecord {
  return { subject, member, sealed, checkedAt };
}
