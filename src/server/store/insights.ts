import { stillLeads } from './leadership.ts';
import type { Habit } from './port-insights.ts';
import { dayNumber, first, insertRows, type Operation, type Row } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

const dayTokens = 'd.tin + d.tout + d.tcr + d.tcw';
const cellTokens = 'c.tin + c.tout + c.tcr + c.tcw';

interface HabitRow extends Row {
  readonly member: number;
  readonly tokens: number;
  readonly input: number;
  readonly cache_read: number;
  readonly active_days: number;
}

interface MixRow extends Row {
  readonly member: number;
  readonly tool: string;
  readonly model: string;
  readonly tokens: number;
}

export const habits: Operation<OrderOf<'habits'>, readonly Habit[]> = async (sql, order) => {
  const { org, after, limit } = order;
  const [since, from, to] = [dayNumber(order.since), dayNumber(order.from), dayNumber(order.to)];
  const sumSince = (expression: string): string => sql.sum(expression, 'd.day >= $3');
  const rows = await sql.all<HabitRow>(
    `SELECT m.member, ${sumSince(dayTokens)} AS tokens, ${sumSince('d.tin + d.tcr + d.tcw')} AS input,
       ${sumSince('d.tcr')} AS cache_read,
       COUNT(*) FILTER (WHERE d.day >= $3 AND ${dayTokens} > 0) AS active_days
     FROM organisation o JOIN member m ON m.org = o.org AND m.consent_version = o.policy_version
       JOIN member_day d ON d.org = m.org AND d.member = m.member
     WHERE o.org = $1 AND o.policy_version > 0 AND m.hidden = 0 AND m.member > $5 AND d.member > $5
       AND d.day BETWEEN $2 AND $4 AND d.day >= m.joined_day
     GROUP BY m.member HAVING ${sql.sum(dayTokens)} > 0 ORDER BY m.member LIMIT $6`,
    [org, since, from, to, after, limit],
  );
  const range = [org, rows[0]?.member ?? 0, rows.at(-1)?.member ?? -1];
  const teams = await sql.all<{ member: number; team: number }>(
    'SELECT member, team FROM team_member WHERE org = $1 AND member BETWEEN $2 AND $3 ORDER BY member, team',
    range,
  );
  // Who it is about is found first, so that nothing else is looked up for each of their cells.
  const mixes = await sql.all<MixRow>(
    `WITH who AS MATERIALIZED (
       SELECT v.device, v.member, m.joined_day
       FROM member m JOIN device v ON v.org = m.org AND v.member = m.member AND v.member BETWEEN $2 AND $3
       WHERE m.org = $1 AND m.member BETWEEN $2 AND $3)
     SELECT v.member, c.tool, c.model, ${sql.sum(cellTokens)} AS tokens FROM who v CROSS JOIN cell c
     WHERE c.org = $1 AND c.device = v.device AND c.day BETWEEN $4 AND $5 AND c.day >= v.joined_day
     GROUP BY v.member, c.tool, c.model HAVING ${sql.sum(cellTokens)} > 0`,
    [...range, from, to],
  );
  const teamsOf = grouped(teams);
  const mixOf = grouped(mixes);
  return rows.map((row) => ({
    member: row.member,
    teams: (teamsOf.get(row.member) ?? []).map(({ team }) => team),
    tokens: row.tokens,
    input: row.input,
    cacheRead: row.cache_read,
    activeDays: row.active_days,
    mix: (mixOf.get(row.member) ?? []).map(({ tool, model, tokens }) => ({ tool, model, tokens })),
  }));
};

export const insightStates: Operation<OrderOf<'insightStates'>, OutcomeOf<'insightStates'>> = (sql, { org }) =>
  sql.all<{ cell: string; state: string }>('SELECT cell, state FROM insight_state WHERE org = $1', [org]);

export const publishInsights: Operation<OrderOf<'publishInsights'>, boolean> = async (sql, order) => {
  const { org, policyVersion, builtAt, boards, states } = order;
  if (!(await stillLeads(sql, order.lead))) return false;
  const found = await first<{ policy_version: number; closed: string | null }>(
    sql,
    `SELECT policy_version, closed FROM organisation WHERE org = $1 ${sql.share('organisation')}`,
    [org],
  );
  if (found === undefined || found.policy_version !== policyVersion || found.closed !== null) return false;
  await sql.run('DELETE FROM insight WHERE org = $1', [org]);
  await insertRows(
    sql,
    'insight (org, board, built_at, policy_version, body)',
    boards.map(({ board, body }) => [org, board, builtAt, policyVersion, body]),
  );
  for (const { cell, state } of states) {
    await sql.run(
      `INSERT INTO insight_state (org, cell, built_at, state) VALUES ($1, $2, $3, $4)
       ON CONFLICT (org, cell) DO UPDATE SET built_at = excluded.built_at, state = excluded.state`,
      [org, cell, builtAt, state],
    );
  }
  return true;
};

export const insights: Operation<OrderOf<'insights'>, OutcomeOf<'insights'>> = async (sql, { org, board }) => {
  const found = await first<{ built_at: number; policy_version: number; body: string }>(
    sql,
    'SELECT built_at, policy_version, body FROM insight WHERE org = $1 AND board = $2',
    [org, board],
  );
  if (found === undefined) return null;
  return { builtAt: found.built_at, policyVersion: found.policy_version, body: found.body };
};

function grouped<Shape extends { readonly member: number }>(rows: readonly Shape[]): Map<number, Shape[]> {
  const found = new Map<number, Shape[]>();
  for (const row of rows) {
    const list = found.get(row.member);
    if (list === undefined) found.set(row.member, [row]);
    else list.push(row);
  }
  return found;
}
