import type { Visibility } from '../../team/protocol/terms.ts';
import { badgesOf } from './members.ts';
import type { BoardOfMember, Contribution } from './records.ts';
import type { Operation, Row, Sql } from './sql.ts';
import type { OrderOf } from './store.ts';
import { modelsIn } from './window-models.ts';
import { sumsIn, tokensIn, type WindowRow, windowSumsOf } from './window-sums.ts';

export const contributions: Operation<OrderOf<'contributions'>, readonly Contribution[]> = async (sql, order) => {
  const { org, window, after, limit } = order;
  const rows = await sql.all<ContributionRow>(
    `SELECT w.member, m.mark, m.hidden, m.flag_until, c.visibility, c.display_name, c.badges, c.time_badges,
       ${sumsIn(window)}, ${modelsIn(window)} AS models
     FROM board_window w JOIN member m ON m.org = w.org AND m.member = w.member
       JOIN organisation o ON o.org = w.org JOIN consent c ON c.id = m.consent
       LEFT JOIN window_models u ON u.org = w.org AND u.member = w.member
     WHERE w.org = $1 AND w.member > $2 AND ${tokensIn(window)} > 0 AND m.consent_version = o.policy_version
     ORDER BY w.member LIMIT $3`,
    [org, after, limit],
  );
  const range = [org, rows[0]?.member ?? 0, rows.at(-1)?.member ?? -1];
  const boards = await byMember<BoardOfMember & Row & { member: number }>(
    sql,
    'SELECT member, board, visibility, pseudonym FROM member_board',
    range,
  );
  const teams = await byMember<{ member: number; team: number }>(sql, 'SELECT member, team FROM team_member', range);
  const devices = await byMember<{ member: number; last_sync_at: number | null; badges: string }>(
    sql,
    'SELECT member, last_sync_at, badges FROM device',
    range,
  );
  return rows.map((row) => ({
    member: row.member,
    mark: row.mark,
    visibility: row.visibility,
    displayName: row.display_name,
    hidden: row.hidden === 1,
    flagged: row.flag_until !== null,
    boards: (boards.get(row.member) ?? []).map(({ board, visibility, pseudonym }) => ({
      board,
      visibility,
      pseudonym,
    })),
    teams: (teams.get(row.member) ?? []).map(({ team }) => team),
    badges: row.badges === 1 ? badgesOf(devices.get(row.member) ?? []) : [],
    timeBadges: row.time_badges === 1,
    ...windowSumsOf(row),
  }));
};

interface ContributionRow extends WindowRow {
  readonly member: number;
  readonly mark: number;
  readonly hidden: number;
  readonly flag_until: number | null;
  readonly visibility: Visibility;
  readonly display_name: string | null;
  readonly badges: number;
  readonly time_badges: number;
}

/** Rows of the members whose ids are in a range, by member. */
async function byMember<Shape extends Row & { readonly member: number }>(
  sql: Sql,
  select: string,
  range: readonly number[],
): Promise<Map<number, Shape[]>> {
  const rows = await sql.all<Shape>(`${select} WHERE org = $1 AND member BETWEEN $2 AND $3 ORDER BY member, 2`, range);
  const found = new Map<number, Shape[]>();
  for (const row of rows) {
    const list = found.get(row.member);
    if (list === undefined) found.set(row.member, [row]);
    else list.push(row);
  }
  return found;
}
