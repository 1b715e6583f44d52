import { inPieces, listOf, type Sql } from './sql.ts';

/**
 * Members' standing changed: their rows leave published boards (all, or one) at once, and what is being built with the
 * old standing will not list them.
 */
export async function standingChanged(sql: Sql, org: number, members: readonly number[], board: number | null = null) {
  await inPieces(
    [...members].sort((a, b) => a - b),
    async (piece) => {
      const list = listOf(piece, 2);
      const values = [org, board, ...list.values];
      const theirs = `org = $1 AND member IN ${list.text} AND (CAST($2 AS BIGINT) IS NULL OR board = $2)`;
      await sql.run(`UPDATE member SET mark = mark + 1 WHERE org = $1 AND member IN ${listOf(piece, 1).text}`, [
        org,
        ...list.values,
      ]);
      await sql.run(
        `UPDATE snapshot SET revision = revision + 1
       WHERE org = $1 AND (board, win, metric) IN (SELECT board, win, metric FROM snapshot_row WHERE ${theirs})`,
        values,
      );
      await sql.run(`DELETE FROM snapshot_row WHERE ${theirs}`, values);
    },
  );
}
