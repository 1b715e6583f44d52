import { retention } from '../../team/protocol/limits.ts';
import type { ClientKind, Role, TeamRole, Visibility } from '../../team/protocol/terms.ts';
import { type ConsentRow, consentColumns, consentOf } from './consents.ts';
import { type SumRow, sumColumns, summedCells, sumsOf } from './member-days.ts';
import type { DaySums, DeviceRecord, MemberFlag, MemberRecord, ModelSums, ViewCount } from './records.ts';
import { dayName, first, type Operation, type Row, type Sql } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

export const member: Operation<OrderOf<'member'>, MemberRecord | null> = async (sql, order) => {
  const values = [order.org, order.member];
  const found = await first<MemberRow>(
    sql,
    'SELECT role, joined_day, hidden, consent, flag_reason, flag_since, flag_until FROM member WHERE org = $1 AND member = $2',
    values,
  );
  if (found === undefined) return null;
  const consent = await first<ConsentRow>(sql, `SELECT ${consentColumns.join(', ')} FROM consent WHERE id = $1`, [
    found.consent,
  ]);
  const teams = await sql.all<{ id: number; name: string; role: TeamRole }>(
    `SELECT t.team AS id, t.name, m.role FROM team_member m JOIN team t ON t.org = m.org AND t.team = m.team
     WHERE m.org = $1 AND m.member = $2 ORDER BY t.name_key`,
    values,
  );
  const boards = await sql.all<{ board: number; visibility: Visibility | null; pseudonym: string | null }>(
    'SELECT board, visibility, pseudonym FROM member_board WHERE org = $1 AND member = $2 ORDER BY board',
    values,
  );
  return {
    org: order.org,
    member: order.member,
    role: found.role,
    joinedDay: dayName(found.joined_day),
    hidden: found.hidden === 1,
    flag: flagOf(found),
    consent: consent === undefined ? null : consentOf(consent),
    teams,
    boards,
    ...(await devicesOf(sql, values)),
  };
};

export const usage: Operation<OrderOf<'usage'>, OutcomeOf<'usage'>> = async (sql, { org, member, except }) => {
  // No device has the number 0.
  const values = [org, member, except ?? 0];
  const summed = (by: string): string =>
    `SELECT ${by}, ${summedCells(sql)} FROM device v CROSS JOIN cell c
     WHERE c.org = v.org AND c.device = v.device AND v.org = $1 AND v.member = $2 AND v.device <> $3 GROUP BY ${by}
     HAVING SUM(c.tin + c.tout + c.tcr + c.tcw + c.req) > 0 ORDER BY ${by}`;
  const models = await sql.all<SumRow & { day: number; tool: string; model: string }>(
    summed('c.day, c.tool, c.model'),
    values,
  );
  const named = models.map(
    (row): ModelSums => ({
      day: dayName(row.day),
      tool: row.tool,
      model: row.model,
      ...sumsOf(row),
    }),
  );
  if (except === undefined) return { days: await daysOf(sql, org, member), models: named };
  const days = await sql.all<SumRow & { day: number }>(summed('c.day'), values);
  return { days: days.map((row) => ({ day: dayName(row.day), ...sumsOf(row) })), models: named };
};

export const views: Operation<OrderOf<'views'>, readonly ViewCount[]> = async (sql, { org, member }) => {
  const rows = await sql.all<{ day: number; board: number; role: Role; count: number }>(
    `SELECT a.at / 86400000 AS day, a.board, a.role, COUNT(*) AS count
     FROM span s JOIN audit a ON a.org = s.org AND a.board = s.board AND a.win = s.win AND a.metric = s.metric
     WHERE s.org = $1 AND s.member = $2 AND a.action = 'board.view'
       AND a.seq >= s.first_seq AND (s.last_seq IS NULL OR a.seq <= s.last_seq) AND (a.actor IS NULL OR a.actor <> $2)
     GROUP BY a.at / 86400000, a.board, a.role ORDER BY 1, 2, 3`,
    [org, member],
  );
  return rows.map((row) => ({ ...row, day: dayName(row.day) }));
};

/** Day totals, oldest first; days of a removed cell alone are left out. */
export async function daysOf(sql: Sql, org: number, member: number): Promise<DaySums[]> {
  const rows = await sql.all<SumRow & { day: number }>(
    `SELECT day, ${sumColumns.join(', ')} FROM member_day
     WHERE org = $1 AND member = $2 AND tin + tout + tcr + tcw + req > 0 ORDER BY day DESC LIMIT $3`,
    [org, member, retention.days + 1],
  );
  return rows.reverse().map((row) => ({ day: dayName(row.day), ...sumsOf(row) }));
}

export interface FlagRow extends Row {
  readonly flag_reason: string | null;
  readonly flag_since: number | null;
  readonly flag_until: number | null;
}

export function flagOf(row: FlagRow): MemberFlag | null {
  if (row.flag_reason === null || row.flag_since === null || row.flag_until === null) return null;
  return { reason: row.flag_reason, since: row.flag_since, until: row.flag_until };
}

interface MemberRow extends FlagRow {
  readonly role: Role;
  readonly joined_day: number;
  readonly hidden: number;
  readonly consent: number | null;
}

async function devicesOf(sql: Sql, values: readonly number[]): Promise<{ devices: DeviceRecord[]; badges: string[] }> {
  const rows = await sql.all<{ device: number; added_at: number; last_sync_at: number | null; badges: string }>(
    `SELECT device, added_at, last_sync_at, badges FROM device WHERE org = $1 AND member = $2
     ORDER BY added_at, device`,
    values,
  );
  const clients = await sql.all<{ device: number; client: ClientKind }>(
    'SELECT DISTINCT device, client FROM family WHERE org = $1 AND member = $2 ORDER BY device, client',
    values,
  );
  return {
    devices: rows.map((row) => ({
      id: row.device,
      addedAt: row.added_at,
      lastSyncAt: row.last_sync_at,
      clients: clients.filter(({ device }) => device === row.device).map(({ client }) => client),
    })),
    badges: badgesOf(rows),
  };
}

/** All badges of a member's devices, those of the latest sync first. */
export function badgesOf(devices: readonly { last_sync_at: number | null; badges: string }[]): string[] {
  const latest = [...devices].sort((a, b) => (b.last_sync_at ?? 0) - (a.last_sync_at ?? 0));
  return [...new Set(latest.flatMap(({ badges }) => JSON.parse(badges) as string[]))];
}
