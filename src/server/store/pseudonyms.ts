import { stillLeads } from './leadership.ts';
import type { PseudonymsOutcome } from './port-members.ts';
import { first, type Operation, type Value } from './sql.ts';
import { standingChanged } from './standing-changed.ts';
import type { OrderOf } from './store.ts';

export const setPseudonyms: Operation<OrderOf<'setPseudonyms'>, PseudonymsOutcome | null> = async (sql, order) => {
  const { org, board, names, renew } = order;
  if (!(await stillLeads(sql, order.lead))) return null;
  const refused: number[] = [];
  const kept: PseudonymsOutcome['kept'][number][] = [];
  const renewed: number[] = [];
  for (const { member, pseudonym } of [...names].sort((a, b) => a.member - b.member)) {
    const values: Value[] = [org, member, board, pseudonym];
    const changed = await sql.run(
      `INSERT INTO member_board (org, member, board, pseudonym)
       SELECT m.org, m.member, $3, CAST($4 AS TEXT) FROM member m WHERE m.org = $1 AND m.member = $2
         AND NOT EXISTS (SELECT 1 FROM member_board b WHERE b.org = $1 AND b.board = $3 AND b.pseudonym = $4)
         AND NOT EXISTS (SELECT 1 FROM member_board b WHERE b.org = $1 AND b.member = $2 AND b.pseudonym = $4)
       ON CONFLICT (org, member, board) DO UPDATE SET pseudonym = excluded.pseudonym
       ${renew ? '' : 'WHERE member_board.pseudonym IS NULL'}`,
      values,
    );
    if (changed > 0) {
      renewed.push(member);
      continue;
    }
    const own = renew ? null : await ownPseudonym();
    if (own !== null) kept.push({ member, pseudonym: own });
    else if (await isTaken()) refused.push(member);

    async function ownPseudonym(): Promise<string | null> {
      const found = await first<{ pseudonym: string | null }>(
        sql,
        'SELECT pseudonym FROM member_board WHERE org = $1 AND member = $2 AND board = $3',
        [org, member, board],
      );
      return found?.pseudonym ?? null;
    }

    async function isTaken(): Promise<boolean> {
      const holders = await sql.all<{ member: number }>(
        'SELECT member FROM member_board WHERE org = $1 AND pseudonym = $2 AND (board = $3 OR member = $4) LIMIT 1',
        [org, pseudonym, board, member],
      );
      return holders.length > 0;
    }
  }
  if (renew && renewed.length > 0) await standingChanged(sql, org, renewed, board);
  return { refused, kept };
};
