import { cacheShareMinInput } from '../../team/protocol/limits.ts';
import { metricValue } from '../../team/protocol/metric-value.ts';
import { type MetricId, organisationBoard } from '../../team/protocol/terms.ts';
import { type SumRow, sumColumns, sumsOf } from './member-days.ts';
import type { StandingNow } from './port-boards.ts';
import { first, type Operation } from './sql.ts';
import type { OrderOf } from './store.ts';

export const standing: Operation<OrderOf<'standing'>, StandingNow | null> = async (sql, order) => {
  const { org, board, window, metric, member } = order;
  const inTeam =
    board === organisationBoard
      ? ''
      : 'AND EXISTS (SELECT 1 FROM team_member t WHERE t.org = w.org AND t.team = $3 AND t.member = w.member)';
  const from = `FROM board_window w JOIN member m ON m.org = w.org AND m.member = w.member
    JOIN organisation o ON o.org = w.org
    WHERE w.org = $1 AND w.win = $2 AND (CAST($3 AS BIGINT) IS NOT NULL) ${inTeam}
      AND m.consent_version > 0 AND m.consent_version = o.policy_version AND m.hidden = 0`;
  const own = await first<SumRow & { active_days: number; models: number }>(
    sql,
    `SELECT ${sumColumns.map((name) => `w.${name}`).join(', ')}, w.active_days, w.models ${from} AND w.member = $4`,
    [org, window, board, member],
  );
  if (own === undefined) return null;
  const sums = { ...sumsOf(own), activeDays: own.active_days, models: own.models };
  const value = metricValue(metric, sums);
  const others = await first<{ of_all: number; above: number; next: number | null }>(
    sql,
    `SELECT COUNT(*) AS of_all, COUNT(*) FILTER (WHERE value > CAST($4 AS ${types[metric]})) AS above,
       MIN(value) FILTER (WHERE value > CAST($4 AS ${types[metric]})) AS next
     FROM (SELECT ${values[metric]} AS value ${from}) AS everyone WHERE value IS NOT NULL`,
    [org, window, board, value ?? 0],
  );
  return { sums, value, of: others?.of_all ?? 0, above: others?.above ?? 0, next: others?.next ?? null };
};

/** The same values as `metricValue` has. */
const values: Readonly<Record<MetricId, string>> = {
  tokens: 'NULLIF(w.tin + w.tout + w.tcr + w.tcw, 0)',
  fresh: 'NULLIF(w.tin + w.tout + w.tcw, 0)',
  cost: 'NULLIF(w.usd, 0)',
  cacheShare: `CASE WHEN w.tin + w.tcr + w.tcw >= ${cacheShareMinInput}
    THEN CAST(w.tcr AS DOUBLE PRECISION) / CAST(w.tin + w.tcr + w.tcw AS DOUBLE PRECISION) END`,
  activeDays: 'NULLIF(w.active_days, 0)',
  models: 'NULLIF(w.models, 0)',
};

const types: Readonly<Record<MetricId, string>> = {
  tokens: 'BIGINT',
  fresh: 'BIGINT',
  cost: 'BIGINT',
  cacheShare: 'DOUBLE PRECISION',
  activeDays: 'BIGINT',
  models: 'BIGINT',
};
