import { joinAgainMs } from '../../team/protocol/limits.ts';
import { writeDown } from './audit.ts';
import { agreesTo, keepConsent } from './consents.ts';
import { identifiedMember, keepIdentity } from './identities.ts';
import { type InviteRow, inviteColumns, mayInvite, personOf } from './invites.ts';
import { memberDevice, newDevice } from './member-devices.ts';
import { policyOfNow } from './organisations.ts';
import type { JoinOrder, JoinOutcome } from './port-access.ts';
import { dayName, dayOfTime, first, newId, type Operation, type Sql } from './sql.ts';
import { standingChanged } from './standing-changed.ts';
import { newFamily, renewFamily } from './tokens.ts';

/** The invite's row is locked until the end, so of many who use its last use at once one succeeds. */
export const join: Operation<JoinOrder, JoinOutcome> = async (sql, order) => {
  const invite = await first<InviteRow & { org: number }>(
    sql,
    `SELECT org, ${inviteColumns} FROM invite WHERE hash = $1 ${sql.lock('invite')}`,
    [order.invite],
  );
  const again = await joinedBefore(sql, order);
  if (again !== undefined) return again;
  if (invite === undefined) return { outcome: 'invalid' };
  const { org } = invite;
  if (invite.used >= invite.uses) return { outcome: 'used' };
  if (invite.expires_at <= order.now) return { outcome: 'expired' };
  if (invite.member !== null) return addDevice(sql, order, invite, invite.member);
  const maker = invite.created_by;
  if (maker !== null && !(await mayInvite(sql, org, maker, invite))) return { outcome: 'invalid' };
  const policy = await policyOfNow(sql, org);
  if (policy === null && invite.set_up === 0) return { outcome: 'policy_missing' };
  if (policy !== null && order.consent === null) return { outcome: 'consent_required' };
  if (order.consent !== null && (policy === null || !agreesTo(order.consent, policy))) {
    return { outcome: 'policy_changed' };
  }
  const member = newId();
  const person = personOf(invite);
  if (person !== null && !(await keepIdentity(sql, org, member, person))) {
    return addDevice(sql, order, invite, await identifiedMember(sql, org, person.subject));
  }
  await addMember(sql, order, invite, member);
  return joined(sql, order, invite, member, await newDevice(sql, order, org, member));
};

async function addMember(
  sql: Sql,
  order: JoinOrder,
  invite: InviteRow & { org: number },
  member: number,
): Promise<void> {
  const { org } = invite;
  await sql.run(
    `INSERT INTO member (org, member, role, joined_day, hidden, mark, consent_version) VALUES ($1, $2, $3, $4, 0, 0, 0)`,
    [org, member, invite.role, dayOfTime(order.now)],
  );
  if (order.consent !== null) await keepConsent(sql, org, member, order.consent, order.now);
  if (invite.team !== null) {
    await sql.run('INSERT INTO team_member (org, team, member, role) VALUES ($1, $2, $3, $4)', [
      org,
      invite.team,
      member,
      invite.team_role,
    ]);
  }
  const by = { member, role: invite.role };
  await writeDown(sql, { org, action: 'member.join', by, subject: member, now: order.now });
}

async function addDevice(
  sql: Sql,
  order: JoinOrder,
  invite: InviteRow & { org: number },
  member: number,
): Promise<JoinOutcome> {
  const device = await memberDevice(sql, order, invite.org, member);
  return typeof device === 'string' ? { outcome: device } : joined(sql, order, invite, member, device);
}

async function joined(
  sql: Sql,
  order: JoinOrder,
  { org, invite }: InviteRow & { org: number },
  member: number,
  device: number,
): Promise<JoinOutcome> {
  await sql.run('UPDATE invite SET used = used + 1 WHERE org = $1 AND invite = $2', [org, invite]);
  const { client, tokens, attempt, now } = order;
  await newFamily(sql, { org, member, device, client, tokens, now }, attempt);
  return outcomeOf(sql, order, { org, member, device });
}

async function outcomeOf(
  sql: Sql,
  { now }: JoinOrder,
  ids: { readonly org: number; readonly member: number; readonly device: number },
): Promise<JoinOutcome> {
  const found = await first<{ joined_day: number }>(
    sql,
    'SELECT joined_day FROM member WHERE org = $1 AND member = $2',
    [ids.org, ids.member],
  );
  return { outcome: 'joined', ...ids, joinedDay: dayName(found?.joined_day ?? dayOfTime(now)) };
}

/** What the same attempt came to whose answer was lost; undefined where there was none. The invite may be gone by then. */
async function joinedBefore(sql: Sql, order: JoinOrder): Promise<JoinOutcome | undefined> {
  if (order.attempt === undefined) return undefined;
  const found = await first<{ org: number; family: number; member: number; device: number; created_at: number }>(
    sql,
    `SELECT org, family, member, device, created_at FROM family WHERE attempt = $1 ${sql.lock('family')}`,
    [order.attempt],
  );
  if (found === undefined) return undefined;
  const { org, family, member, device } = found;
  const known = await first<{ device_key: string }>(
    sql,
    'SELECT device_key FROM device WHERE org = $1 AND device = $2',
    [org, device],
  );
  if (known?.device_key !== order.deviceKey || order.now - found.created_at > joinAgainMs) return { outcome: 'used' };
  if (order.consent !== null) {
    const policy = await policyOfNow(sql, org);
    if (policy === null || !agreesTo(order.consent, policy)) return { outcome: 'policy_changed' };
    await keepConsent(sql, org, member, order.consent, order.now);
    await standingChanged(sql, org, [member]);
  }
  await renewFamily(sql, org, family, order.tokens);
  return outcomeOf(sql, order, { org, member, device });
}
