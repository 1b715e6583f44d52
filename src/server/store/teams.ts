import type { Role, TeamRole } from '../../team/protocol/terms.ts';
import { writeDown } from './audit.ts';
import { first, newId, type Operation, type Sql } from './sql.ts';
import { standingChanged } from './standing-changed.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

export const teams: Operation<OrderOf<'teams'>, OutcomeOf<'teams'>> = (sql, { org, member }) =>
  sql.all<{ id: number; name: string; role: TeamRole | null }>(
    `SELECT t.team AS id, t.name, m.role
     FROM team t LEFT JOIN team_member m ON m.org = t.org AND m.team = t.team AND m.member = $2
     WHERE t.org = $1 ORDER BY t.name_key`,
    [org, member],
  );

export const createTeam: Operation<OrderOf<'createTeam'>, number | 'name_taken'> = async (sql, order) => {
  const team = newId();
  const changed = await sql.run(
    'INSERT INTO team (org, team, name, name_key) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [order.org, team, order.name, nameKey(order.name)],
  );
  if (changed === 0) return 'name_taken';
  await writeDown(sql, { ...order, action: 'team.create', subject: team });
  return team;
};

export const renameTeam: Operation<OrderOf<'renameTeam'>, OutcomeOf<'renameTeam'>> = async (sql, order) => {
  const { org, team, name } = order;
  const holders = await sql.all<{ team: number }>(
    `SELECT team FROM team WHERE org = $1 AND (team = $2 OR name_key = $3) ORDER BY team ${sql.lock('team')}`,
    [org, team, nameKey(name)],
  );
  if (!holders.some((holder) => holder.team === team)) return 'gone';
  if (holders.length > 1) return 'name_taken';
  await sql.run('UPDATE team SET name = $3, name_key = $4 WHERE org = $1 AND team = $2', [
    org,
    team,
    name,
    nameKey(name),
  ]);
  await writeDown(sql, { ...order, action: 'team.rename', subject: team });
  return 'done';
};

export const removeTeam: Operation<OrderOf<'removeTeam'>, boolean> = async (sql, order) => {
  const { org, team } = order;
  await standingChanged(sql, org, await membersOf(sql, org, team), team);
  await sql.run(
    'DELETE FROM allowance_past WHERE org = $1 AND allowance IN (SELECT allowance FROM allowance WHERE org = $1 AND team = $2)',
    [org, team],
  );
  for (const table of ['allowance', 'invite', 'team_member', 'team']) {
    const changed = await sql.run(`DELETE FROM ${table} WHERE org = $1 AND team = $2`, [org, team]);
    if (table === 'team' && changed === 0) return false;
  }
  for (const table of ['member_board', 'snapshot_row', 'snapshot', 'span', 'insight']) {
    await sql.run(`DELETE FROM ${table} WHERE org = $1 AND board = $2`, [org, team]);
  }
  await writeDown(sql, { ...order, action: 'team.remove', subject: team });
  return true;
};

export const setTeamRole: Operation<OrderOf<'setTeamRole'>, 'done' | 'gone'> = async (sql, order) => {
  const { org, team, member, role } = order;
  if (role === null) {
    const changed = await sql.run('DELETE FROM team_member WHERE org = $1 AND team = $2 AND member = $3', [
      org,
      team,
      member,
    ]);
    if (changed === 0) return 'gone';
  } else {
    const changed = await sql.run(
      `INSERT INTO team_member (org, team, member, role)
       SELECT m.org, t.team, m.member, CAST($4 AS TEXT) FROM member m JOIN team t ON t.org = m.org
       WHERE m.org = $1 AND t.team = $2 AND m.member = $3
       ON CONFLICT (org, team, member) DO UPDATE SET role = excluded.role`,
      [org, team, member, role],
    );
    if (changed === 0) return 'gone';
  }
  if (role === null) await standingChanged(sql, org, [member], team);
  await writeDown(sql, { ...order, action: 'team.member', subject: member, board: team, reason: role });
  return 'done';
};

export const teamMembers: Operation<OrderOf<'teamMembers'>, OutcomeOf<'teamMembers'>> = (sql, { org, team }) =>
  sql.all<{ id: number; name: string | null; role: TeamRole }>(
    `SELECT t.member AS id, ${shownName} AS name, t.role
     FROM team_member t JOIN member m ON m.org = t.org AND m.member = t.member
       JOIN organisation o ON o.org = t.org LEFT JOIN consent c ON c.id = m.consent
     WHERE t.org = $1 AND t.team = $2 ORDER BY t.member`,
    [org, team],
  );

/** The name of member m whose consent c to the policy of organisation o lets others see it; else null. */
export const shownName = `CASE WHEN m.consent_version > 0 AND m.consent_version = o.policy_version
  AND c.visibility = 'named' THEN c.display_name END`;

export async function isLastOwner(sql: Sql, org: number, member: number): Promise<boolean> {
  const owners = await sql.all<{ member: number; role: Role }>(
    `SELECT member, role FROM member WHERE org = $1 AND role = 'owner' ORDER BY member ${sql.lock('member')}`,
    [org],
  );
  if (owners.length !== 1 || owners[0]?.member !== member) return false;
  const others = await first(sql, 'SELECT member FROM member WHERE org = $1 AND member <> $2 LIMIT 1', [org, member]);
  return others !== undefined;
}

async function membersOf(sql: Sql, org: number, team: number): Promise<number[]> {
  const rows = await sql.all<{ member: number }>('SELECT member FROM team_member WHERE org = $1 AND team = $2', [
    org,
    team,
  ]);
  return rows.map(({ member }) => member);
}

function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
