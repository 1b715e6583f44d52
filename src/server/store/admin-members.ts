import type { AuditAction } from '../../team/protocol/admin.ts';
import type { Role } from '../../team/protocol/terms.ts';
import { writeDown } from './audit.ts';
import { stillLeads } from './leadership.ts';
import { type FlagRow, flagOf } from './members.ts';
import type { MemberSummary } from './port-teams.ts';
import { dayName, first, flag, type Operation } from './sql.ts';
import { standingChanged } from './standing-changed.ts';
import type { OrderOf, OutcomeOf } from './store.ts';
import { isLastOwner, shownName } from './teams.ts';

export const members: Operation<OrderOf<'members'>, readonly MemberSummary[]> = async (sql, { org, after, limit }) => {
  const rows = await sql.all<
    FlagRow & { member: number; role: Role; joined_day: number; hidden: number; name: string | null; consented: number }
  >(
    `SELECT m.member, m.role, m.joined_day, m.hidden, m.flag_reason, m.flag_since, m.flag_until, ${shownName} AS name,
       CASE WHEN m.consent_version > 0 AND m.consent_version = o.policy_version THEN 1 ELSE 0 END AS consented
     FROM member m JOIN organisation o ON o.org = m.org LEFT JOIN consent c ON c.id = m.consent
     WHERE m.org = $1 AND m.member > $2 ORDER BY m.member LIMIT $3`,
    [org, after, limit],
  );
  const inTeams = await sql.all<{ member: number; team: number }>(
    'SELECT member, team FROM team_member WHERE org = $1 AND member BETWEEN $2 AND $3 ORDER BY team',
    [org, rows[0]?.member ?? 0, rows.at(-1)?.member ?? -1],
  );
  return rows.map((row) => ({
    id: row.member,
    name: row.name,
    role: row.role,
    joinedDay: dayName(row.joined_day),
    teams: inTeams.filter(({ member }) => member === row.member).map(({ team }) => team),
    consented: row.consented === 1,
    hidden: row.hidden === 1,
    flag: flagOf(row),
  }));
};

export const changeMember: Operation<OrderOf<'changeMember'>, OutcomeOf<'changeMember'>> = async (sql, order) => {
  const { org, member, role, hidden, by, reason, now } = order;
  if (!(await stillLeads(sql, order.lead))) return 'leads_no_more';
  const stepsDown = role !== undefined && role !== 'owner';
  if (stepsDown && (await isLastOwner(sql, org, member))) return 'last_owner';
  const found = await first<{ role: Role; hidden: number }>(
    sql,
    `SELECT role, hidden FROM member WHERE org = $1 AND member = $2 ${sql.lock('member')}`,
    [org, member],
  );
  if (found === undefined) return 'gone';
  const told = (action: AuditAction) => writeDown(sql, { org, action, by, subject: member, reason, now });
  if (role !== undefined && role !== found.role) {
    await sql.run('UPDATE member SET role = $3 WHERE org = $1 AND member = $2', [org, member, role]);
    await told('member.role');
  }
  if (hidden !== undefined && flag(hidden) !== found.hidden) {
    await sql.run('UPDATE member SET hidden = $3 WHERE org = $1 AND member = $2', [org, member, flag(hidden)]);
    await standingChanged(sql, org, [member]);
    await told(hidden ? 'member.hide' : 'member.show');
  }
  if (order.flag !== undefined) {
    await sql.run(
      'UPDATE member SET flag_reason = $3, flag_since = $4, flag_until = $5 WHERE org = $1 AND member = $2',
      [org, member, order.flag?.reason ?? null, order.flag?.since ?? null, order.flag?.until ?? null],
    );
    await told('member.flag');
  }
  return 'done';
};
