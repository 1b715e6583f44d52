import { stillLeads } from './leadership.ts';
import type { PublishOrder } from './port-boards.ts';
import type { SnapshotHead } from './records.ts';
import { first, inPieces, listOf, type Operation, type Sql } from './sql.ts';

/** Locks the organisation, then members, then snapshots: as everything does that changes who may be listed. */
export const publish: Operation<PublishOrder, SnapshotHead | null> = async (sql, order) => {
  const { org, board, window, metric, builtAt } = order;
  if (!(await stillLeads(sql, order.lead))) return null;
  const state = await first<{ policy_version: number; closed: string | null }>(
    sql,
    `SELECT policy_version, closed FROM organisation WHERE org = $1 ${sql.share('organisation')}`,
    [org],
  );
  if (state === undefined || state.policy_version !== order.policyVersion || state.closed !== null) return null;
  const marks = await marksNow(
    sql,
    org,
    order.rows.map(({ member }) => member),
  );
  const rows = order.rows.filter(({ member, mark }) => marks.get(member) === mark);
  const key = [org, board, window, metric];
  const snapshot = await first<{ seq: number; revision: number }>(
    sql,
    `INSERT INTO snapshot (org, board, win, metric, seq, revision, built_at, policy_version, head, state)
     VALUES ($1, $2, $3, $4, 1, 0, $5, $6, $7, $8)
     ON CONFLICT (org, board, win, metric) DO UPDATE SET seq = snapshot.seq + 1, revision = 0,
       built_at = excluded.built_at, policy_version = excluded.policy_version, head = excluded.head,
       state = excluded.state
     RETURNING seq, revision`,
    [...key, builtAt, order.policyVersion, order.head, order.state],
  );
  if (snapshot === undefined) throw new Error('A snapshot was not kept.');
  await sql.run('DELETE FROM snapshot_row WHERE org = $1 AND board = $2 AND win = $3 AND metric = $4', key);
  const listed = rows.map(({ member, body }, place) => [place, member, body]);
  const given = sql.given(['whole', 'whole', 'text'], listed, key.length);
  await sql.run(
    `WITH listed (place, member, body) AS (${given.text})
     INSERT INTO snapshot_row (org, board, win, metric, place, member, body)
     SELECT ${series}, place, member, body FROM listed`,
    [...key, ...given.values],
  );
  await keepSpans(sql, order, snapshot.seq, new Set(rows.map(({ member }) => member)));
  return { board, window, metric, builtAt, ...snapshot };
};

/** The marks of members who are still there; they cannot change until the transaction ends. */
async function marksNow(sql: Sql, org: number, members: readonly number[]): Promise<Map<number, number>> {
  const marks = new Map<number, number>();
  const sorted = [...new Set(members)].sort((a, b) => a - b);
  await inPieces(sorted, async (piece) => {
    const list = listOf(piece, 1);
    const rows = await sql.all<{ member: number; mark: number }>(
      `SELECT member, mark FROM member WHERE org = $1 AND member IN ${list.text} ORDER BY member ${sql.share('member')}`,
      [org, ...list.values],
    );
    for (const { member, mark } of rows) marks.set(member, mark);
  });
  return marks;
}

/** Who was listed when, for the views. Opens and closes spans, so that those that are open are these members'. */
async function keepSpans(
  sql: Sql,
  { org, board, window, metric, builtAt }: PublishOrder,
  seq: number,
  members: ReadonlySet<number>,
) {
  const key = [org, board, window, metric];
  const open = await sql.all<{ id: number; member: number }>(
    `SELECT id, member FROM span
     WHERE org = $1 AND board = $2 AND win = $3 AND metric = $4 AND last_seq IS NULL`,
    key,
  );
  const gone = open.filter(({ member }) => !members.has(member)).map(({ id }) => id);
  await inPieces(gone, async (piece) => {
    const list = listOf(piece, 2);
    await sql.run(`UPDATE span SET last_seq = $1, closed_at = $2 WHERE id IN ${list.text}`, [
      seq - 1,
      builtAt,
      ...list.values,
    ]);
  });
  const known = new Set(open.map(({ member }) => member));
  const come = [...members].filter((member) => !known.has(member)).map((member) => [member, seq]);
  if (come.length === 0) return;
  const given = sql.given(['whole', 'whole'], come, key.length);
  await sql.run(
    `WITH come (member, seq) AS (${given.text})
     INSERT INTO span (org, board, win, metric, member, first_seq) SELECT ${series}, member, seq FROM come`,
    [...key, ...given.values],
  );
}

/** The columns of a series' key, of which the first four values are. */
const series = 'CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT)';
