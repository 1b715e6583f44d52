import type { Cadence } from './protocol/terms.ts';
import type { Team } from './team.ts';

const dayMs = 86_400_000;
const most = 15 * 60_000;
const least = 2000;
/** Shortly after midnight UTC, when a day is complete, and before the day's snapshot, ten minutes later. */
const afterMidnightMs = 30_000;
const spreadMs = 7 * 60_000;

/**
 * Full jitter: anything from nothing to twice as much as at the attempt before. From then on between half and the whole of a
 * quarter of an hour: were it anything up to that, twice as many as later would come just after a long outage.
 */
export function backoffMs(attempt: number, random: number): number {
  const longest = least * 2 ** Math.min(attempt, 20);
  return longest < most ? Math.max(1000, random * longest) : (most * (1 + random)) / 2;
}

/** When to sync next after all went well: 20 per cent earlier or later, so that not all come at once. */
export function nextSyncAt(
  { now, random }: Pick<Team, 'now' | 'random'>,
  afterMs: number,
  cadence: Cadence,
  skewMs: number,
): number {
  const at = now() + afterMs * (0.8 + 0.4 * random());
  if (cadence !== 'daily') return at;
  const midnight = (Math.floor((now() + skewMs) / dayMs) + 1) * dayMs - skewMs;
  return at < midnight ? at : midnight + afterMidnightMs + random() * spreadMs;
}
