import { maxDevicesPerMember } from '../../team/protocol/limits.ts';
import type { Role } from '../../team/protocol/terms.ts';
import { writeDown } from './audit.ts';
import { agreesTo, keepConsent } from './consents.ts';
import { type InviteRow, inviteColumns, mayInvite } from './invites.ts';
import { policyOfNow } from './organisations.ts';
import type { JoinOrder, JoinOutcome } from './port-access.ts';
import { dayName, dayOfTime, first, newId, type Operation, type Sql } from './sql.ts';
import { newFamily } from './tokens.ts';

/** The invite's row is locked until the end, so of many who use its last use at once one succeeds. */
export const join: Operation<JoinOrder, JoinOutcome> = async (sql, order) => {
  const invite = await first<InviteRow & { org: number }>(
    sql,
    `SELECT org, ${inviteColumns} FROM invite WHERE hash = $1 ${sql.lock('invite')}`,
    [order.invite],
  );
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
  const member = await addMember(sql, order, invite);
  return joined(sql, order, invite, member, await newDevice(sql, order, org, member));
};

async function addMember(sql: Sql, order: JoinOrder, invite: InviteRow & { org: number }): Promise<number> {
  const { org } = invite;
  const member = newId();
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
  return member;
}

async function addDevice(
  sql: Sql,
  order: JoinOrder,
  invite: InviteRow & { org: number },
  member: number,
): Promise<JoinOutcome> {
  const { org } = invite;
  const owner = await first<{ role: Role }>(
    sql,
    `SELECT role FROM member WHERE org = $1 AND member = $2 ${sql.lock('member')}`,
    [org, member],
  );
  if (owner === undefined) return { outcome: 'invalid' };
  const devices = await sql.all<{ device: number; device_key: string }>(
    'SELECT device, device_key FROM device WHERE org = $1 AND member = $2',
    [org, member],
  );
  const known = devices.find(({ device_key }) => device_key === order.deviceKey);
  if (known === undefined && devices.length >= maxDevicesPerMember) return { outcome: 'too_many_devices' };
  const device = known?.device ?? (await newDevice(sql, order, org, member));
  const by = { member, role: owner.role };
  await writeDown(sql, { org, action: 'device.add', by, subject: member, now: order.now });
  return joined(sql, order, invite, member, device);
}

async function newDevice(sql: Sql, order: JoinOrder, org: number, member: number): Promise<number> {
  const device = newId();
  await sql.run(
    `INSERT INTO device (org, device, member, device_key, added_at, badges) VALUES ($1, $2, $3, $4, $5, '[]')`,
    [org, device, member, order.deviceKey, order.now],
  );
  return device;
}

async function joined(
  sql: Sql,
  order: JoinOrder,
  { org, invite }: InviteRow & { org: number },
  member: number,
  device: number,
): Promise<JoinOutcome> {
  await sql.run('UPDATE invite SET used = used + 1 WHERE org = $1 AND invite = $2', [org, invite]);
  await newFamily(sql, { org, member, device, client: order.client, tokens: order.tokens, now: order.now });
  const found = await first<{ joined_day: number }>(
    sql,
    'SELECT joined_day FROM member WHERE org = $1 AND member = $2',
    [org, member],
  );
  return { outcome: 'joined', org, member, device, joinedDay: dayName(found?.joined_day ?? dayOfTime(order.now)) };
}
