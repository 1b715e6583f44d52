import { type Cadence, cadenceMs } from '../../src/team/protocol/terms.ts';
import { nextSyncAt, retryMs } from '../../src/team/timing.ts';
import { seeded } from '../demo/random.ts';

/** What happens to a server that many clients could not reach for a while. */
export interface Outage {
  readonly seconds: number;
  readonly cadence: Cadence;
  /** What answers in the server's place says when to come again; 0 where nothing does. */
  readonly retryAfterSec: number;
}

/** How many arrive in ten seconds. */
export interface Herd {
  /** At most, in the hour after it. */
  readonly most: number;
  /** In the mean of the quarter of an hour in which all are back. */
  readonly mean: number;
  /** In the mean when all is well. */
  readonly usual: number;
}

const stepMs = 10_000;
const backMs = 15 * 60_000;
const afterMs = 3_600_000;
/** Far from midnight, when the clients of a daily board come by another rule; so does each outage end. */
const beginsAt = 6 * 3_600_000;
/** Clients of a daily board come as often as those of an hourly one. */
const boards = ['hourly', 'live'] as const;
const lengths = [10, 60, 5 * 60, 15 * 60, 3600, 8 * 3600, 3 * 86_400];

/** From a restart to a long weekend, with and without something that says when to come again. */
export function outages(): Outage[] {
  return boards.flatMap((cadence) =>
    lengths.flatMap((seconds) => [0, 300].map((retryAfterSec) => ({ seconds, cadence, retryAfterSec }))),
  );
}

/** Lets clients live through an outage by the very functions by which they decide when to come; the same each time. */
export function herdAfter({ seconds, cadence, retryAfterSec }: Outage, clients: number): Herd {
  const { between } = seeded(1);
  const random = (): number => between(0, 1);
  const endsAt = beginsAt + seconds * 1000;
  // As the server tells them.
  const everyMs = Math.min(3_600_000, cadenceMs[cadence]);
  const arrivals = new Uint32Array(afterMs / stepMs);
  for (let client = 0; client < clients; client++) {
    // As they are spread when all has been well for a while.
    for (let at = beginsAt - (2 + random()) * everyMs; at < endsAt + afterMs; ) {
      if (at >= beginsAt && at < endsAt) {
        at += retryMs(cadence, random(), retryAfterSec * 1000);
        continue;
      }
      const step = Math.floor((at - endsAt) / stepMs);
      if (step >= 0) arrivals[step] = (arrivals[step] ?? 0) + 1;
      const now = at;
      at = nextSyncAt({ now: () => now, random }, everyMs, cadence, 0);
    }
  }
  const back = arrivals.slice(0, backMs / stepMs);
  return {
    most: Math.max(...arrivals),
    mean: back.reduce((sum, count) => sum + count, 0) / back.length,
    usual: (clients * stepMs) / everyMs,
  };
}
