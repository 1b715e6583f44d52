import { backoffMs, nextSyncAt } from '../../src/team/timing.ts';

/** What happens to a server that many clients could not reach for a while. */
export interface Outage {
  readonly minutes: number;
  /** How often a client comes when all is well, as the server tells it. */
  readonly everySec: number;
  readonly cadence: 'hourly' | 'live';
}

export interface Herd {
  /** Most arrivals in ten seconds, and the mean of ten seconds, over the quarter of an hour in which all are back. */
  readonly most: number;
  readonly mean: number;
}

const stepMs = 10_000;
const backMs = 15 * 60_000;
/** Far from midnight, when the clients of a daily board come by another rule. */
const beginsAt = 6 * 3_600_000;

/** Lets clients live through an outage by the very functions by which they decide when to come. */
export function herdAfter({ minutes, everySec, cadence }: Outage, clients: number): Herd {
  const endsAt = beginsAt + minutes * 60_000;
  const arrivals = new Uint32Array(backMs / stepMs);
  for (let client = 0; client < clients; client++) {
    let failed = 0;
    for (let at = beginsAt + Math.random() * everySec * 1000; at < endsAt + backMs; ) {
      if (at < endsAt) {
        at += backoffMs(++failed, Math.random());
        continue;
      }
      const step = Math.floor((at - endsAt) / stepMs);
      arrivals[step] = (arrivals[step] ?? 0) + 1;
      const now = at;
      at = nextSyncAt({ now: () => now, random: Math.random }, everySec * 1000, cadence, 0);
    }
  }
  return { most: Math.max(...arrivals), mean: arrivals.reduce((sum, count) => sum + count, 0) / arrivals.length };
}
