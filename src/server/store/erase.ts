import type { Role } from '../../team/protocol/terms.ts';
import { writeDown } from './audit.ts';
import { addUpDays } from './member-days.ts';
import { first, inPieces, listOf, type Operation, type Sql } from './sql.ts';
import { standingChanged } from './standing-changed.ts';
import type { OrderOf, OutcomeOf } from './store.ts';
import { isLastOwner } from './teams.ts';

export const eraseMember: Operation<OrderOf<'eraseMember'>, OutcomeOf<'eraseMember'>> = async (sql, order) => {
  const { org, member, by, action, now } = order;
  if (order.force !== true && (await isLastOwner(sql, org, member))) return 'last_owner';
  const found = await first<{ role: Role }>(
    sql,
    `SELECT role FROM member WHERE org = $1 AND member = $2 ${sql.lock('member')}`,
    [org, member],
  );
  if (found === undefined) return 'gone';
  await eraseMembers(sql, org, [member]);
  const actor = { member: by.member === member ? null : by.member, role: by.role };
  await writeDown(sql, { org, action, by: actor, now });
  return 'erased';
};

export const mayErase: Operation<OrderOf<'mayErase'>, OutcomeOf<'mayErase'>> = async (sql, order) => {
  const { org, member } = order;
  const found = await first(sql, 'SELECT member FROM member WHERE org = $1 AND member = $2', [org, member]);
  if (found === undefined) return 'gone';
  return order.force !== true && (await isLastOwner(sql, org, member)) ? 'last_owner' : 'may';
};

export const eraseAll: Operation<OrderOf<'eraseAll'>, OutcomeOf<'eraseAll'>> = async (sql, order) => {
  const { org, members, by, now } = order;
  await inPieces(
    [...members].sort((a, b) => a - b),
    async (piece) => {
      const list = listOf(piece, 1);
      const found = `SELECT member FROM member WHERE org = $1 AND member IN ${list.text}`;
      await sql.all(`${found} ORDER BY member ${sql.lock('member')}`, [org, ...list.values]);
    },
  );
  if (members.length > 0) await eraseMembers(sql, org, members);
  const left = await first<{ members: number }>(sql, 'SELECT COUNT(*) AS members FROM member WHERE org = $1', [org]);
  if ((left?.members ?? 0) > 0) return { left: left?.members ?? 0 };
  for (const table of [
    'allowance',
    'invite',
    'passage',
    'device_grant',
    'team',
    'snapshot',
    'span',
    'window_day',
    'insight',
    'insight_state',
  ]) {
    await sql.run(`DELETE FROM ${table} WHERE org = $1`, [org]);
  }
  await writeDown(sql, { org, action: 'data.erase', by: { member: null, role: by.role }, now });
  return { left: 0 };
};

export const removeDevice: Operation<OrderOf<'removeDevice'>, boolean> = async (sql, order) => {
  const { org, member, device, now } = order;
  const found = await first<{ role: Role }>(
    sql,
    `SELECT m.role FROM member m JOIN device d ON d.org = m.org AND d.member = m.member
     WHERE m.org = $1 AND m.member = $2 AND d.device = $3 ${sql.lock('m')}`,
    [org, member, device],
  );
  if (found === undefined) return false;
  const days = await sql.all<{ day: number }>('SELECT DISTINCT day FROM cell WHERE org = $1 AND device = $2', [
    org,
    device,
  ]);
  for (const table of ['cell', 'device']) {
    await sql.run(`DELETE FROM ${table} WHERE org = $1 AND device = $2`, [org, device]);
  }
  await sql.run(
    'DELETE FROM token WHERE org = $1 AND family IN (SELECT family FROM family WHERE org = $1 AND device = $2)',
    [org, device],
  );
  await sql.run('DELETE FROM family WHERE org = $1 AND device = $2', [org, device]);
  for (const { day } of days) {
    await sql.run('DELETE FROM member_day WHERE org = $1 AND member = $2 AND day = $3', [org, member, day]);
  }
  await addUpDays(
    sql,
    org,
    days.map(({ day }) => ({ member, day })),
  );
  await sql.run(
    'INSERT INTO dirty (org, member, taken) VALUES ($1, $2, 0) ON CONFLICT (org, member) DO UPDATE SET taken = 0',
    [org, member],
  );
  await writeDown(sql, { org, action: 'device.remove', by: { member, role: found.role }, subject: member, now });
  return true;
};

const tablesOfMember = [
  'member_day',
  'dirty',
  'window_models',
  'board_window',
  'member_board',
  'span',
  'team_member',
  'consent',
  'allowance',
  'allowance_past',
  'device',
  'identity',
  'family',
  'member',
];

/** Every row about members goes, in every table; what others did, and how often they were counted, stays nameless. */
async function eraseMembers(sql: Sql, org: number, members: readonly number[]) {
  await standingChanged(sql, org, members);
  await inPieces(members, async (piece) => {
    const list = listOf(piece, 1);
    const values = [org, ...list.values];
    const theirs = `org = $1 AND member IN ${list.text}`;
    const families = `org = $1 AND family IN (SELECT family FROM family WHERE ${theirs})`;
    const devices = `org = $1 AND device IN (SELECT device FROM device WHERE ${theirs})`;
    await sql.run(
      `INSERT INTO erased_token (hash, expires_at) SELECT hash, expires_at FROM token WHERE ${families}
       ON CONFLICT (hash) DO NOTHING`,
      values,
    );
    await sql.run(`DELETE FROM token WHERE ${families}`, values);
    await sql.run(`DELETE FROM cell WHERE ${devices}`, values);
    await sql.run(
      `DELETE FROM invite WHERE org = $1 AND (member IN ${list.text} OR created_by IN ${list.text})`,
      values,
    );
    for (const table of tablesOfMember) await sql.run(`DELETE FROM ${table} WHERE ${theirs}`, values);
    await sql.run(`UPDATE audit SET reason = NULL, subject = NULL WHERE org = $1 AND subject IN ${list.text}`, values);
    await sql.run(`UPDATE audit SET actor = NULL WHERE org = $1 AND actor IN ${list.text}`, values);
  });
}
