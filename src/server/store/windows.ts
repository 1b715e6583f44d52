import { modelMinTokens } from '../../team/protocol/limits.ts';
import { metrics, type WindowId, windowDays, windowIds } from '../../team/protocol/terms.ts';
import { sumColumns, summedDays } from './member-days.ts';
import { dayNumber, first, type Operation, type Sql } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

/**
 * Takes members whose cells changed, in a transaction of its own. A sync that comes later marks its member as not
 * taken again, so nothing is forgotten, however the two meet.
 */
export const takeDirty: Operation<OrderOf<'refreshWindows'>, boolean> = async (sql, { org, today, limit }) => {
  const day = dayNumber(today);
  const found = await first<{ windows_day: number | null }>(
    sql,
    `SELECT windows_day FROM organisation WHERE org = $1`,
    [org],
  );
  const rolled = found !== undefined && found.windows_day !== day;
  if (rolled) {
    await sql.run(
      `INSERT INTO dirty (org, member, taken) SELECT org, member, 0 FROM member WHERE org = $1
       ON CONFLICT (org, member) DO NOTHING`,
      [org],
    );
    await sql.run('UPDATE organisation SET windows_day = $2 WHERE org = $1', [org, day]);
  }
  await sql.run(
    `UPDATE dirty SET taken = 1 WHERE org = $1 AND member IN (
       SELECT member FROM dirty WHERE org = $1 ORDER BY taken DESC, member LIMIT $2)`,
    [org, limit],
  );
  await sql.analyze('dirty');
  return rolled;
};

/** Adds up the windows of those who are taken. */
export const refreshTaken: Operation<OrderOf<'refreshWindows'>, Omit<OutcomeOf<'refreshWindows'>, 'rolled'>> = async (
  sql,
  { org, today },
) => {
  await sql.run(`DELETE FROM board_window WHERE org = $1 AND member IN (${taken})`, [org]);
  for (const win of windowIds) await refreshWindow(sql, org, win, dayNumber(today));
  const refreshed = await sql.run('DELETE FROM dirty WHERE org = $1 AND taken = 1', [org]);
  const left = await first<{ left_over: number }>(sql, 'SELECT COUNT(*) AS left_over FROM dirty WHERE org = $1', [org]);
  return { refreshed, left: left?.left_over ?? 0 };
};

const taken = 'SELECT member FROM dirty WHERE org = $1 AND taken = 1';

async function refreshWindow(sql: Sql, org: number, win: WindowId, today: number) {
  const last = win === 'today' ? today : today - 1;
  const begin = last - windowDays[win] + 1;
  const models = metrics.models.windows.includes(win)
    ? `(SELECT COUNT(*) FROM (
         SELECT c.model FROM device v CROSS JOIN cell c
         WHERE v.org = $1 AND v.member = s.member AND c.org = v.org AND c.device = v.device
           AND c.day BETWEEN CASE WHEN s.joined_day > $3 THEN s.joined_day ELSE $3 END AND $4
         GROUP BY c.model HAVING SUM(c.tin + c.tout + c.tcr + c.tcw) >= ${modelMinTokens}
       ) AS used)`
    : '0';
  await sql.run(
    `INSERT INTO board_window (org, win, member, ${sumColumns.join(', ')}, active_days, models)
     SELECT $1, CAST($2 AS TEXT), s.member, ${sumColumns.map((name) => `s.${name}`).join(', ')}, s.active_days, ${models}
     FROM (
       SELECT d.member, m.joined_day, ${summedDays},
         COUNT(*) FILTER (WHERE d.tin + d.tout + d.tcr + d.tcw > 0) AS active_days
       FROM member_day d JOIN member m ON m.org = d.org AND m.member = d.member
       WHERE d.org = $1 AND d.member IN (${taken}) AND d.day BETWEEN $3 AND $4 AND d.day >= m.joined_day
       GROUP BY d.member, m.joined_day HAVING SUM(d.tin + d.tout + d.tcr + d.tcw) > 0
     ) AS s`,
    [org, win, begin, last],
  );
}
