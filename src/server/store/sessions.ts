import { listOf, type Operation } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';
import { type SessionRow, sessionColumns, sessionOf, sessionTables } from './tokens.ts';

/** Whose access tokens these are; of those that are nobody's, whether they were an erased member's. */
export const sessionsOf: Operation<readonly OrderOf<'session'>[], OutcomeOf<'session'>[]> = async (sql, orders) => {
  const asked = [...new Set(orders.map(({ access }) => access))];
  const given = sql.given(
    ['text'],
    asked.map((access) => [access]),
    0,
  );
  const rows = await sql.all<SessionRow & { hash: string }>(
    `WITH told (hash) AS (${given.text})
     SELECT t.hash, ${sessionColumns} ${sessionTables} WHERE t.kind = 'access' AND t.hash IN (SELECT hash FROM told)`,
    given.values,
  );
  const known = new Map<string, OutcomeOf<'session'>>(rows.map((row) => [row.hash, sessionOf(row)]));
  const unknown = asked.filter((access) => !known.has(access));
  if (unknown.length > 0) {
    const others = listOf(unknown, 0);
    const statement = `SELECT hash FROM erased_token WHERE hash IN ${others.text}`;
    for (const { hash } of await sql.all<{ hash: string }>(statement, others.values)) known.set(hash, 'erased');
  }
  return orders.map(({ access }) => known.get(access) ?? null);
};
