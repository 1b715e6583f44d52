import { first, type Operation } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

export const countRate: Operation<OrderOf<'countRate'>, OutcomeOf<'countRate'>> = async (sql, order) => {
  const started = order.now - (order.now % order.windowMs);
  const resetsAt = started + order.windowMs;
  const row = await first<{ acts: number }>(
    sql,
    `INSERT INTO rate (name, subject, started, ends, acts) VALUES ($1, $2, $3, $4, 1)
     ON CONFLICT (name, subject, started) DO UPDATE SET acts = rate.acts + 1 RETURNING acts`,
    [order.name, order.subject, started, resetsAt],
  );
  return { count: row?.acts ?? 1, resetsAt };
};
