import type { MetricId, WindowId } from '../../team/protocol/terms.ts';
import { stillLeads } from './leadership.ts';
import type { PublishedSnapshot } from './port-boards.ts';
import type { SnapshotHead } from './records.ts';
import { first, insertRows, type Operation, type Row } from './sql.ts';
import type { OrderOf } from './store.ts';

export const heads: Operation<OrderOf<'heads'>, readonly SnapshotHead[]> = async (sql, { org, board }) => {
  const one = board === undefined ? '' : 'AND board = $2';
  const rows = await sql.all<HeadRow>(
    `SELECT ${headColumns} FROM snapshot WHERE org = $1 ${one} AND head IS NOT NULL ORDER BY board, win, metric`,
    board === undefined ? [org] : [org, board],
  );
  return rows.map(headOf);
};

export const snapshot: Operation<OrderOf<'snapshot'>, PublishedSnapshot | null> = async (sql, order) => {
  const series = [order.org, order.board, order.window, order.metric];
  const found = await first<HeadRow & { policy_version: number; head: string }>(
    sql,
    `SELECT ${headColumns}, policy_version, head FROM snapshot
     WHERE org = $1 AND board = $2 AND win = $3 AND metric = $4 AND head IS NOT NULL`,
    series,
  );
  if (found === undefined) return null;
  const rows = await sql.all<{ member: number; body: string }>(
    `SELECT member, body FROM snapshot_row WHERE org = $1 AND board = $2 AND win = $3 AND metric = $4 ORDER BY place`,
    series,
  );
  return { ...headOf(found), policyVersion: found.policy_version, head: found.head, rows };
};

export const seriesState: Operation<OrderOf<'seriesState'>, string | null> = async (sql, order) => {
  const found = await first<{ state: string }>(
    sql,
    'SELECT state FROM snapshot WHERE org = $1 AND board = $2 AND win = $3 AND metric = $4',
    [order.org, order.board, order.window, order.metric],
  );
  return found?.state ?? null;
};

/** Views in the order of their keys, so that processes never wait for each other in a circle. */
export const recordViews: Operation<readonly OrderOf<'recordView'>[], undefined[]> = async (sql, orders) => {
  const rows = orders.map(({ org, now, viewer, role, board, window, metric, seq }) => [
    ...[org, now, 'board.view', viewer, role],
    ...[board, window, metric, seq],
  ]);
  const key = (row: (typeof rows)[number]): string => row.slice(3).join(' ');
  rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const into = 'audit (org, at, action, actor, role, board, win, metric, seq)';
  await insertRows(sql, into, rows, 'ON CONFLICT DO NOTHING');
  return orders.map(() => undefined);
};

/** A series that ends keeps its count and state: no number comes twice, and the rules go on if it is published again. */
export const dropSeries: Operation<OrderOf<'dropSeries'>, number> = async (sql, { org, keep, lead }) => {
  if (!(await stillLeads(sql, lead))) return 0;
  const kept = new Set(keep.map(({ board, window, metric }) => `${board} ${window} ${metric}`));
  let dropped = 0;
  for (const { board, window, metric } of await heads(sql, { org })) {
    if (kept.has(`${board} ${window} ${metric}`)) continue;
    const series = [org, board, window, metric];
    const where = 'org = $1 AND board = $2 AND win = $3 AND metric = $4';
    await sql.run(`UPDATE snapshot SET head = NULL, revision = revision + 1 WHERE ${where}`, series);
    await sql.run(`DELETE FROM snapshot_row WHERE ${where}`, series);
    dropped++;
  }
  return dropped;
};

const headColumns = 'board, win, metric, seq, revision, built_at';

interface HeadRow extends Row {
  readonly board: number;
  readonly win: WindowId;
  readonly metric: MetricId;
  readonly seq: number;
  readonly revision: number;
  readonly built_at: number;
}

function headOf(row: HeadRow): SnapshotHead {
  return {
    board: row.board,
    window: row.win,
    metric: row.metric,
    seq: row.seq,
    revision: row.revision,
    builtAt: row.built_at,
  };
}
