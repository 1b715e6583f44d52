import { maxCellAgeDays, modelMinTokens } from '../../team/protocol/limits.ts';
import { metrics, type WindowId, windowDays } from '../../team/protocol/terms.ts';
import { dayNumber, type Sql } from './sql.ts';
import type { WindowsOf } from './window-sums.ts';

const { windows } = metrics.models;
/** As far back as models are counted, which cells must reach. */
const longest = Math.max(...windows.map((window) => windowDays[window]));
if (longest > maxCellAgeDays) throw new RangeError('Cells are not kept for long enough to count models.');

/** How many models a member of `u`, a row of `window_models` or none, has in a window; 0 where they are not counted. */
export function modelsIn(window: WindowId): string {
  return windows.includes(window) ? `COALESCE(u.${countOf(window)}, 0)` : '0';
}

/** Counts the models of members; old counts were removed before. The order of a CROSS JOIN is SQLite's order of reading. */
export async function countModels(sql: Sql, { org, today, whose }: WindowsOf): Promise<number> {
  const used = `SELECT v.member, c.model, ${each((window) => `${tokensIn(sql, window)} AS ${tokensOf(window)}`)}
    FROM device v CROSS JOIN member m CROSS JOIN cell c
    WHERE v.org = $1 AND ${whose('v.member')} AND m.org = $1 AND m.member = v.member
      AND c.org = $1 AND c.device = v.device AND ${inReach} AND c.day >= m.joined_day
    GROUP BY v.member, c.model`;
  return await sql.run(insert(used), [org, dayNumber(today)]);
}

/** The same of all members: reads all cells in one go, and those of the few again who joined within the window. */
export async function countAllModels(sql: Sql, { org, today }: Omit<WindowsOf, 'whose'>): Promise<void> {
  const used = `SELECT v.member, d.model, ${each((window) => `${sql.sum(`d.${tokensOf(window)}`)} AS ${tokensOf(window)}`)}
    FROM (
      SELECT c.device, c.model, ${each((window) => `${tokensIn(sql, window)} AS ${tokensOf(window)}`)}
      FROM cell c WHERE c.org = $1 AND ${inReach} GROUP BY c.device, c.model
    ) AS d JOIN device v ON v.org = $1 AND v.device = d.device
    GROUP BY v.member, d.model`;
  await sql.run(insert(used), [org, dayNumber(today)]);
  const recent = `SELECT member FROM member WHERE org = $1 AND joined_day > ${last} - ${longest}`;
  await sql.run(`DELETE FROM window_models WHERE org = $1 AND member IN (${recent})`, [org, dayNumber(today)]);
  await countModels(sql, { org, today, whose: (member) => `${member} IN (${recent})` });
}

const last = 'CAST($2 AS BIGINT)';
const inReach = `c.day BETWEEN ${last} - ${longest} AND ${last}`;

function insert(used: string): string {
  return `INSERT INTO window_models (org, member, ${each(countOf)})
    SELECT $1, member, ${each((window) => `COUNT(*) FILTER (WHERE ${tokensOf(window)} >= ${modelMinTokens})`)}
    FROM (${used}) AS used GROUP BY member`;
}

function tokensIn(sql: Sql, window: WindowId): string {
  const begin = window === 'today' ? last : `${last} - ${windowDays[window]}`;
  const end = window === 'today' ? last : `${last} - 1`;
  return sql.sum('c.tin + c.tout + c.tcr + c.tcw', `c.day BETWEEN ${begin} AND ${end}`);
}

function each(text: (window: WindowId) => string): string {
  return windows.map(text).join(', ');
}

function tokensOf(window: WindowId): string {
  return `tokens_${window}`;
}

function countOf(window: WindowId): string {
  return `models_${window}`;
}
