import { first, type Sql } from './sql.ts';

/**
 * Whether an order is the leader's of now. Undefined where there is one process alone. Until the transaction ends no other
 * leader begins; whoever has lost the leadership without having noticed is refused from then on.
 */
export async function stillLeads(sql: Sql, epoch: number | undefined): Promise<boolean> {
  if (epoch === undefined) return true;
  const found = await first<{ epoch: number }>(
    sql,
    `SELECT epoch FROM leadership WHERE one = 1 ${sql.share('leadership')}`,
  );
  return found?.epoch === epoch;
}

/** Begins the next leadership: `RETURNING` its number. */
export const nextLeadership = `INSERT INTO leadership (one, epoch) VALUES (1, 1)
  ON CONFLICT (one) DO UPDATE SET epoch = leadership.epoch + 1 RETURNING epoch`;
