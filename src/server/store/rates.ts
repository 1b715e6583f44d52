import type { Operation } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

type Act = OrderOf<'countRate'>;

/** What is counted as one: an act's name, whose it is, and when its period began. */
interface Count {
  readonly name: string;
  readonly subject: string;
  readonly started: number;
  readonly ends: number;
  acts: number;
}

/**
 * Counts acts by one statement. Of several in the same count each has its place. Counts are written in the order of their
 * keys, so that processes never wait for each other in a circle.
 */
export const countRates: Operation<readonly Act[], OutcomeOf<'countRate'>[]> = async (sql, orders) => {
  const counts = new Map<string, Count>();
  const placed = orders.map(({ name, subject, windowMs, now }) => {
    const started = now - (now % windowMs);
    const key = keyOf(name, subject, started);
    const count = counts.get(key) ?? { name, subject, started, ends: started + windowMs, acts: 0 };
    counts.set(key, count);
    return { key, place: ++count.acts, resetsAt: count.ends };
  });
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
  const after = new Map<string, number>();
  const given = sql.given(
    ['text', 'text', 'whole', 'whole', 'whole'],
    sorted.map(({ name, subject, started, ends, acts }) => [name, subject, started, ends, acts]),
    0,
  );
  const told = await sql.all<{ name: string; subject: string; started: number; acts: number }>(
    `WITH told (name, subject, started, ends, acts) AS (${given.text})
     INSERT INTO rate (name, subject, started, ends, acts) SELECT name, subject, started, ends, acts FROM told WHERE true
     ON CONFLICT (name, subject, started) DO UPDATE SET acts = rate.acts + excluded.acts
     RETURNING name, subject, started, acts`,
    given.values,
  );
  for (const { name, subject, started, acts } of told) after.set(keyOf(name, subject, started), acts);
  return placed.map(({ key, place, resetsAt }) => {
    const acts = counts.get(key)?.acts ?? 0;
    return { count: (after.get(key) ?? acts) - acts + place, resetsAt };
  });
};

export const sweepRates: Operation<number, void> = async (sql, now) => {
  await sql.run('DELETE FROM rate WHERE ends <= $1', [now]);
};

function keyOf(name: string, subject: string, started: number): string {
  return `${name} ${subject} ${started}`;
}
