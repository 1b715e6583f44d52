import { cacheShareMinInput } from '../../team/protocol/limits.ts';
import { metricValue } from '../../team/protocol/metric-value.ts';
import { type MetricId, organisationBoard, type WindowId } from '../../team/protocol/terms.ts';
import type { StandingNow } from './port-boards.ts';
import { first, type Operation } from './sql.ts';
import type { OrderOf } from './store.ts';
import { modelsIn } from './window-models.ts';
import { sumsIn, tokensIn, type WindowRow, windowSumsOf } from './window-sums.ts';

/** Those who take part in a board and have tokens in a window: `$1` is the organisation, `$2` the board. */
function takingPart(board: number, window: WindowId): string {
  const inTeam =
    board === organisationBoard
      ? ''
      : 'AND EXISTS (SELECT 1 FROM team_member t WHERE t.org = w.org AND t.team = $2 AND t.member = w.member)';
  return `FROM board_window w JOIN member m ON m.org = w.org AND m.member = w.member
    JOIN organisation o ON o.org = w.org
    LEFT JOIN window_models u ON u.org = w.org AND u.member = w.member
    WHERE w.org = $1 AND ${tokensIn(window)} > 0 AND (CAST($2 AS BIGINT) IS NOT NULL) ${inTeam}
      AND m.consent_version > 0 AND m.consent_version = o.policy_version AND m.hidden = 0`;
}

export const standing: Operation<OrderOf<'standing'>, StandingNow | null> = async (sql, order) => {
  const { org, board, window, metric, member } = order;
  const own = await first<WindowRow>(
    sql,
    `SELECT ${sumsIn(window)}, ${modelsIn(window)} AS models ${takingPart(board, window)} AND w.member = $3`,
    [org, board, member],
  );
  if (own === undefined) return null;
  const sums = windowSumsOf(own);
  return { sums, value: metricValue(metric, sums) };
};

export const field: Operation<OrderOf<'field'>, Float64Array> = async (sql, { org, board, window, metric }) => {
  const rows = await sql.all<{ value: number }>(
    `SELECT value FROM (SELECT ${valueIn(metric, window)} AS value ${takingPart(board, window)}) AS everyone
     WHERE value IS NOT NULL`,
    [org, board],
  );
  return Float64Array.from(rows, ({ value }) => value).sort();
};

/** The same values as `metricValue` has. */
function valueIn(metric: MetricId, window: WindowId): string {
  const sum = (...names: string[]): string => names.map((name) => `w.${name}_${window}`).join(' + ');
  const input = sum('tin', 'tcr', 'tcw');
  const share = `CAST(w.tcr_${window} AS DOUBLE PRECISION) / CAST(${input} AS DOUBLE PRECISION)`;
  switch (metric) {
    case 'tokens':
      return `NULLIF(${tokensIn(window)}, 0)`;
    case 'fresh':
      return `NULLIF(${sum('tin', 'tout', 'tcw')}, 0)`;
    case 'cost':
      return `NULLIF(w.usd_${window}, 0)`;
    case 'cacheShare':
      return `CASE WHEN ${input} >= ${cacheShareMinInput} THEN ${share} END`;
    case 'activeDays':
      return `NULLIF(w.active_days_${window}, 0)`;
    case 'models':
      return `NULLIF(${modelsIn(window)}, 0)`;
  }
}
