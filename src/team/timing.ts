import { type Cadence, cadenceMs } from './protocol/terms.ts';
import type { Team } from './team.ts';

const dayMs = 86_400_000;
const longestRetryMs = 15 * 60_000;
const leastSoonMs = 2000;
/** Shortly after midnight UTC, when a day is complete, and before the day's snapshot, ten minutes later. */
const afterMidnightMs = 30_000;
const spreadMs = 7 * 60_000;

/**
 * How long to wait after a failure: half to the whole of a quarter of an hour, or of the cadence where that is shorter. From the
 * first failure on, because the shorter waits are, the more of those who failed a moment ago come together with all others once a
 * server is back. It may say when to come (`leastMs`): nobody comes before, and all are spread as much after it.
 */
export function retryMs(cadence: Cadence, random: number, leastMs = 0): number {
  const half = Math.min(longestRetryMs, cadenceMs[cadence]) / 2;
  return Math.max(half, leastMs) + random * half;
}

/**
 * How long to wait where a person waits for it, joining or leaving, as few do at a time: seconds at first, then up to twice as long
 * as it has failed already, and at last as on a live board.
 */
export function soonMs(failingMs: number, random: number, leastMs = 0): number {
  const longest = 2 * Math.max(leastSoonMs, failingMs);
  return Math.max(leastMs, Math.min(retryMs('live', random), Math.max(leastSoonMs / 2, random * longest)));
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
