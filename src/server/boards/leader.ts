import type { Policy } from '../../team/protocol/policy.ts';
import type { Leadership, Store } from '../store/store.ts';
import { publishBoards } from './publish.ts';
import { lastDue, utcDay } from './schedule.ts';

/** What the leader says of its work: counts and durations, never a name. */
export interface LeaderLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface LeaderOptions {
  readonly store: Store;
  readonly log: LeaderLog;
  readonly now: () => number;
  /** Between two looks, milliseconds; a minute where left out. */
  readonly everyMs?: number;
}

/** The work that one process of all does: windows, snapshots, retention. */
export interface Leader {
  /** Whether this process leads. */
  readonly leading: boolean;
  /** Does at once what is due; waits for what is under way. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

const everyMs = 60_000;
const windowStep = 2000;
const sweepStep = 5000;

/** Becomes the leader when no other process is, and then builds and publishes what is due, once a minute. */
export function startLeader({ store, log, now, everyMs: every = everyMs }: LeaderOptions): Leader {
  let leadership: Leadership | null = null;
  let stopped = false;
  let working: Promise<void> = Promise.resolve();
  let sweptOn = '';

  async function look(): Promise<void> {
    if (stopped) return;
    if (leadership?.holds() !== true) leadership = await store.tryLead();
    if (leadership === null) return;
    const organisation = await store.organisation({});
    if (organisation === null) return;
    const { org } = organisation;
    const time = now();
    await refreshWindows(org, utcDay(time));
    if (organisation.closed === null && organisation.policy !== null) {
      const policy = JSON.parse(organisation.policy.body) as Policy;
      const began = performance.now();
      const published = (await isDue(org, policy, time)) ? await publishBoards(store, org, policy, time) : 0;
      if (published > 0) log.info({ published, ms: Math.round(performance.now() - began) }, 'snapshots published');
    }
    if (sweptOn !== utcDay(time)) {
      for (let after: number | null = 0; after !== null && !stopped; ) {
        ({ next: after } = await store.sweep({ org, after, limit: sweepStep, now: time }));
      }
      sweptOn = utcDay(time);
    }
  }

  async function refreshWindows(org: number, today: string): Promise<void> {
    for (let left = 1; left > 0 && !stopped; ) {
      ({ left } = await store.refreshWindows({ org, today, limit: windowStep }));
    }
  }

  async function isDue(org: number, policy: Policy, time: number): Promise<boolean> {
    const heads = await store.heads({ org });
    // The first snapshot does not wait: whoever has just joined would look at an empty board until tomorrow.
    return heads.length === 0 || heads.every(({ builtAt }) => builtAt < lastDue(policy.cadence, time));
  }

  function work(): Promise<void> {
    working = working.then(look).catch((error: unknown) => {
      log.warn({ problem: error instanceof Error ? error.message : String(error) }, 'the boards could not be built');
    });
    return working;
  }

  const timer = setInterval(() => void work(), every);
  timer.unref();
  return {
    get leading() {
      return leadership?.holds() === true;
    },
    work,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await working;
      await leadership?.release();
      leadership = null;
    },
  };
}
