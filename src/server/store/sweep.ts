import { maxCellAgeDays, retention } from '../../team/protocol/limits.ts';
import { keepPastUse } from './allowances.ts';
import { stillLeads } from './leadership.ts';
import { dayMs, dayOfTime, listOf, type Operation, type Sql, type Value } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

/** Goes from member to member, for cells and days are in the order of their keys; what is left is small. */
export const sweep: Operation<OrderOf<'sweep'>, OutcomeOf<'sweep'>> = async (sql, order) => {
  const { org, after, limit, now } = order;
  if (!(await stillLeads(sql, order.lead))) return { removed: 0, next: null };
  const rows = await sql.all<{ member: number }>(
    'SELECT member FROM member WHERE org = $1 AND member > $2 ORDER BY member LIMIT $3',
    [org, after, limit],
  );
  const today = dayOfTime(now);
  let removed = 0;
  if (rows.length > 0) {
    const list = listOf(
      rows.map(({ member }) => member),
      2,
    );
    removed += await sql.run(
      `DELETE FROM cell WHERE org = $1 AND day < $2
         AND device IN (SELECT device FROM device WHERE org = $1 AND member IN ${list.text})`,
      [org, today - Math.max(retention.cells, maxCellAgeDays), ...list.values],
    );
    await keepPastUse(sql, { org, list, before: today - retention.days, today });
    removed += await sql.run(`DELETE FROM member_day WHERE org = $1 AND day < $2 AND member IN ${list.text}`, [
      org,
      today - retention.days,
      ...list.values,
    ]);
  }
  if (rows.length === limit) return { removed, next: rows.at(-1)?.member ?? null };
  return { removed: removed + (await sweepRest(sql, org, now)), next: null };
};

async function sweepRest(sql: Sql, org: number, now: number): Promise<number> {
  const auditEnd = now - retention.audit * dayMs;
  const statements: (readonly [statement: string, ...values: Value[]])[] = [
    ['DELETE FROM audit WHERE org = $1 AND at < $2', org, auditEnd],
    ['DELETE FROM span WHERE org = $1 AND closed_at < $2', org, auditEnd],
    ['DELETE FROM token WHERE org = $1 AND expires_at <= $2', org, now],
    [
      `DELETE FROM family WHERE org = $1
         AND NOT EXISTS (SELECT 1 FROM token t WHERE t.org = family.org AND t.family = family.family)`,
      org,
    ],
    ['DELETE FROM erased_token WHERE expires_at <= $1', now],
    ['DELETE FROM invite WHERE org = $1 AND (expires_at <= $2 OR used >= uses)', org, now - dayMs],
    ['DELETE FROM invite WHERE org = $1 AND subject IS NOT NULL AND expires_at <= $2', org, now],
    ['DELETE FROM passage WHERE org = $1 AND expires_at <= $2', org, now],
    ['DELETE FROM device_grant WHERE org = $1 AND expires_at <= $2', org, now],
    // Who was erased while windows were added up may have been among them.
    ...['board_window', 'window_models'].map(
      (table) =>
        [
          `DELETE FROM ${table} WHERE org = $1 AND member NOT IN (SELECT member FROM member WHERE org = $1)`,
          org,
        ] as const,
    ),
    ['DELETE FROM insight_state WHERE org = $1 AND built_at < $2', org, now - retention.days * dayMs],
    [
      `UPDATE member SET flag_reason = NULL, flag_since = NULL, flag_until = NULL WHERE org = $1 AND flag_until <= $2`,
      org,
      now,
    ],
  ];
  let removed = 0;
  for (const [statement, ...values] of statements) {
    const changed = await sql.run(statement, values);
    if (statement.startsWith('DELETE')) removed += changed;
  }
  return removed;
}
