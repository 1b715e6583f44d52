import { stillLeads } from './leadership.ts';
import { dayNumber, first, type Operation, type Sql } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';
import { countAllModels, countModels } from './window-models.ts';
import { addUpAllSums, addUpSums } from './window-sums.ts';

type Refresh = OrderOf<'refreshWindows'>;

/** Whether the windows are another day's: then all of them are to be added up anew. */
export const windowsRolled: Operation<Refresh, boolean> = async (sql, { org, today }) => {
  const known = await first<{ day: number }>(sql, 'SELECT day FROM window_day WHERE org = $1', [org]);
  return known?.day !== dayNumber(today);
};

/**
 * Takes members whose cells changed, in a transaction of its own. A sync that comes later marks its member as not
 * taken again, so nothing is forgotten, however the two meet.
 */
export const takeDirty: Operation<Refresh, boolean> = async (sql, order) => {
  const { org, today, limit } = order;
  if (!(await stillLeads(sql, order.lead))) return false;
  const rolled = await windowsRolled(sql, order);
  if (rolled) {
    await sql.run(
      `INSERT INTO dirty (org, member, taken) SELECT org, member, 0 FROM member WHERE org = $1
       ON CONFLICT (org, member) DO NOTHING`,
      [org],
    );
    await keepDay(sql, org, today);
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
export const refreshTaken: Operation<Refresh, Omit<OutcomeOf<'refreshWindows'>, 'rolled'>> = async (
  sql,
  { org, today, lead },
) => {
  if (!(await stillLeads(sql, lead))) return { refreshed: 0, left: 0 };
  for (const table of derived) await sql.run(`DELETE FROM ${table} WHERE org = $1 AND member IN (${taken})`, [org]);
  const whose = (member: string): string => `${member} IN (${taken})`;
  await addUpSums(sql, { org, today, whose });
  await countModels(sql, { org, today, whose });
  const refreshed = await sql.run('DELETE FROM dirty WHERE org = $1 AND taken = 1', [org]);
  const left = await first<{ left_over: number }>(sql, 'SELECT COUNT(*) AS left_over FROM dirty WHERE org = $1', [org]);
  return { refreshed, left: left?.left_over ?? 0 };
};

const derived = ['board_window', 'window_models'];
const taken = 'SELECT member FROM dirty WHERE org = $1 AND taken = 1';

/** Takes all whose cells changed: what is synced from now on is left for the next look. */
export const beginRebuild: Operation<Refresh, void> = async (sql, { org, lead }) => {
  if (!(await stillLeads(sql, lead))) return;
  await sql.run('UPDATE dirty SET taken = 1 WHERE org = $1 AND taken = 0', [org]);
};

/** Adds up the sums of all members. */
export const rebuildSums: Operation<Refresh, void> = async (sql, { org, today, lead }) => {
  if (!(await stillLeads(sql, lead))) return;
  await sql.spacious();
  await sql.run('DELETE FROM board_window WHERE org = $1', [org]);
  await addUpAllSums(sql, { org, today });
};

export const rebuildModels: Operation<Refresh, void> = async (sql, { org, today, lead }) => {
  if (!(await stillLeads(sql, lead))) return;
  await sql.spacious();
  await sql.run('DELETE FROM window_models WHERE org = $1', [org]);
  await countAllModels(sql, { org, today });
};

/** Only now the windows are those of the day: what was broken off before is done again. */
export const endRebuild: Operation<Refresh, OutcomeOf<'refreshWindows'>> = async (sql, { org, today, lead }) => {
  if (!(await stillLeads(sql, lead))) return { refreshed: 0, left: 0, rolled: false };
  await sql.run('DELETE FROM dirty WHERE org = $1 AND taken = 1', [org]);
  await keepDay(sql, org, today);
  const counted = await first<{ refreshed: number; left_over: number }>(
    sql,
    `SELECT (SELECT COUNT(*) FROM member WHERE org = $1) AS refreshed,
       (SELECT COUNT(*) FROM dirty WHERE org = $1) AS left_over`,
    [org],
  );
  return { refreshed: counted?.refreshed ?? 0, left: counted?.left_over ?? 0, rolled: true };
};

async function keepDay(sql: Sql, org: number, today: string): Promise<void> {
  await sql.run(
    'INSERT INTO window_day (org, day) VALUES ($1, $2) ON CONFLICT (org) DO UPDATE SET day = excluded.day',
    [org, dayNumber(today)],
  );
}
