import type { AllowancePeriod, AllowanceUnit } from '../../team/protocol/allowance.ts';
import { writeDown } from './audit.ts';
import type { AllowanceRecord, AllowanceUse } from './port-allowances.ts';
import {
  dayMs,
  dayName,
  dayNumber,
  dayOfTime,
  first,
  newId,
  type Operation,
  type Row,
  type Sql,
  type Value,
} from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

interface AllowanceRow extends Row {
  readonly allowance: number;
  readonly member: number | null;
  readonly team: number | null;
  readonly unit: AllowanceUnit;
  readonly per: AllowancePeriod;
  readonly amount: number;
  readonly since: number;
}

const columns = 'a.allowance, a.member, a.team, a.unit, a.per, a.amount, a.since';

export const allowances: Operation<OrderOf<'allowances'>, readonly AllowanceRecord[]> = async (sql, { org }) => {
  const rows = await sql.all<AllowanceRow>(
    `SELECT ${columns} FROM allowance a WHERE a.org = $1 ORDER BY a.since, a.allowance`,
    [org],
  );
  return rows.map(recordOf);
};

export const grantAllowance: Operation<OrderOf<'grantAllowance'>, OutcomeOf<'grantAllowance'>> = async (sql, order) => {
  const { org, member, team, unit, per, amount, by, now } = order;
  const found =
    member !== null
      ? await first(sql, `SELECT member FROM member WHERE org = $1 AND member = $2 ${sql.share('member')}`, [
          org,
          member,
        ])
      : await first(sql, `SELECT team FROM team WHERE org = $1 AND team = $2 ${sql.share('team')}`, [org, team]);
  if (found === undefined) return 'gone';
  const allowance = newId();
  await sql.run(
    'INSERT INTO allowance (org, allowance, member, team, unit, per, amount, since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [org, allowance, member, member === null ? team : null, unit, per, amount, dayOfTime(now)],
  );
  await writeDown(sql, { org, action: 'allowance.grant', by, subject: member ?? team, now });
  return allowance;
};

export const changeAllowance: Operation<OrderOf<'changeAllowance'>, boolean> = async (sql, order) => {
  const { org, allowance, amount, by, now } = order;
  const rows = await sql.all<{ member: number | null; team: number | null }>(
    'UPDATE allowance SET amount = $3 WHERE org = $1 AND allowance = $2 RETURNING member, team',
    [org, allowance, amount],
  );
  return noted(sql, rows, { org, action: 'allowance.change', by, now });
};

export const removeAllowance: Operation<OrderOf<'removeAllowance'>, boolean> = async (sql, order) => {
  const { org, allowance, by, now } = order;
  await sql.run('DELETE FROM allowance_past WHERE org = $1 AND allowance = $2', [org, allowance]);
  const rows = await sql.all<{ member: number | null; team: number | null }>(
    'DELETE FROM allowance WHERE org = $1 AND allowance = $2 RETURNING member, team',
    [org, allowance],
  );
  return noted(sql, rows, { org, action: 'allowance.remove', by, now });
};

export const allowanceUse: Operation<OrderOf<'allowanceUse'>, readonly AllowanceUse[]> = async (sql, order) => {
  const { org, member, today } = order;
  const rows = await sql.all<AllowanceRow & { team_name: string | null; joined_day: number }>(
    `SELECT ${columns}, t.name AS team_name, m.joined_day
     FROM member m JOIN allowance a ON a.org = m.org
       LEFT JOIN team t ON t.org = a.org AND t.team = a.team
     WHERE m.org = $1 AND m.member = $2 AND (a.member = m.member OR a.team IN (
       SELECT tm.team FROM team_member tm WHERE tm.org = m.org AND tm.member = m.member))
     ORDER BY a.team IS NOT NULL, a.since, a.unit DESC, a.per, a.allowance`,
    [org, member],
  );
  const found: AllowanceUse[] = [];
  for (const row of rows) {
    const span = spanOf(row, dayNumber(today));
    const from = Math.max(span.from, row.joined_day);
    const used = await first<{ used: number }>(
      sql,
      `SELECT ${usedSum(row.unit)} AS used FROM member_day d WHERE d.org = $1 AND d.member = $2 AND d.day BETWEEN $3 AND $4`,
      [org, member, from, span.to],
    );
    const past = await first<{ used: number }>(
      sql,
      'SELECT used FROM allowance_past WHERE org = $1 AND allowance = $2 AND member = $3 AND year = $4',
      [org, row.allowance, member, yearOf(dayNumber(today))],
    );
    found.push({
      ...recordOf(row),
      teamName: row.team_name,
      used: Math.min(Number.MAX_SAFE_INTEGER, (used?.used ?? 0) + (past?.used ?? 0)),
      from: dayName(Math.min(from, span.to)),
      to: dayName(span.to),
    });
  }
  return found;
};

export const poolUse: Operation<OrderOf<'poolUse'>, OutcomeOf<'poolUse'>> = async (sql, order) => {
  const { org, allowance, today } = order;
  const row = await first<AllowanceRow>(
    sql,
    `SELECT ${columns} FROM allowance a WHERE a.org = $1 AND a.allowance = $2 AND a.team IS NOT NULL`,
    [org, allowance],
  );
  if (row === undefined) return null;
  const { from, to } = spanOf(row, dayNumber(today));
  const parts = await sql.all<{ member: number; used: number; past: number | null }>(
    `SELECT m.member, ${usedSum(row.unit)} AS used,
       (SELECT p.used FROM allowance_past p
        WHERE p.org = $1 AND p.allowance = $5 AND p.member = m.member AND p.year = $6) AS past
     FROM team_member t JOIN member m ON m.org = t.org AND m.member = t.member JOIN organisation o ON o.org = m.org
       LEFT JOIN member_day d ON d.org = m.org AND d.member = m.member AND d.day BETWEEN $3 AND $4 AND d.day >= m.joined_day
     WHERE t.org = $1 AND t.team = $2 AND m.hidden = 0 AND m.consent_version = o.policy_version AND o.policy_version > 0
     GROUP BY m.member ORDER BY m.member`,
    [org, row.team, from, to, allowance, yearOf(dayNumber(today))],
  );
  return {
    from: dayName(from),
    to: dayName(to),
    parts: parts.map(({ member, used, past }) => ({ member, used: used + (past ?? 0) })),
  };
};

/**
 * Adds days before `before` of members, which are about to be deleted, to what was used of a year's allowance: only so much of
 * them is kept, and only for the year of `today`. `list` comes third in the statement.
 */
export async function keepPastUse(
  sql: Sql,
  about: {
    readonly org: number;
    readonly list: { readonly text: string; readonly values: readonly Value[] };
    readonly before: number;
    readonly today: number;
  },
): Promise<void> {
  const { org, list, before, today } = about;
  const year = yearOf(today);
  const place = 3 + list.values.length;
  await sql.run(
    `INSERT INTO allowance_past (org, allowance, member, year, used)
     SELECT d.org, a.allowance, d.member, CAST($${place} AS BIGINT), ${capped(usedOf)}
     FROM member_day d JOIN member m ON m.org = d.org AND m.member = d.member
       JOIN allowance a ON a.org = d.org AND a.per = 'year' AND (a.member = d.member OR a.team IN (
         SELECT t.team FROM team_member t WHERE t.org = d.org AND t.member = d.member))
     WHERE d.org = $1 AND d.day < $2 AND d.member IN ${list.text} AND d.day >= $${place + 1} AND d.day >= a.since
       AND d.day >= m.joined_day
     GROUP BY d.org, a.allowance, d.member
     ON CONFLICT (org, allowance, member) DO UPDATE SET year = excluded.year, used = CASE
       WHEN allowance_past.year <> excluded.year THEN excluded.used
       WHEN allowance_past.used + excluded.used > ${most} THEN ${most}
       ELSE allowance_past.used + excluded.used END`,
    [org, before, ...list.values, year, yearBegin(year)],
  );
}

/** Nobody uses so much; a sum stays exact. */
const most = 8_000_000_000_000_000;
const usedOf = `SUM(CASE WHEN a.unit = 'tokens' THEN d.tin + d.tout + d.tcr + d.tcw ELSE d.usd END)`;

function capped(sum: string): string {
  return `CAST(CASE WHEN ${sum} > ${most} THEN ${most} ELSE ${sum} END AS BIGINT)`;
}

function usedSum(unit: AllowanceUnit): string {
  return `CAST(COALESCE(SUM(${unit === 'tokens' ? 'd.tin + d.tout + d.tcr + d.tcw' : 'd.usd'}), 0) AS BIGINT)`;
}

/** First and last day of the period that holds a day; a year begins when it was granted. */
function spanOf({ per, since }: AllowanceRow, today: number): { readonly from: number; readonly to: number } {
  const date = new Date(today * dayMs);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (per === 'year') return { from: Math.max(yearBegin(year), since), to: yearBegin(year + 1) - 1 };
  return { from: Date.UTC(year, month, 1) / dayMs, to: Date.UTC(year, month + 1, 1) / dayMs - 1 };
}

function yearOf(day: number): number {
  return new Date(day * dayMs).getUTCFullYear();
}

function yearBegin(year: number): number {
  return Date.UTC(year, 0, 1) / dayMs;
}

async function noted(
  sql: Sql,
  rows: readonly { readonly member: number | null; readonly team: number | null }[],
  act: Omit<Parameters<typeof writeDown>[1], 'subject'>,
): Promise<boolean> {
  const [row] = rows;
  if (row === undefined) return false;
  await writeDown(sql, { ...act, subject: row.member ?? row.team });
  return true;
}

function recordOf({ allowance, member, team, unit, per, amount, since }: AllowanceRow): AllowanceRecord {
  return { id: allowance, member, team, unit, per, amount, since: dayName(since) };
}
