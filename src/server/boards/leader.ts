import type { Policy } from '../../team/protocol/policy.ts';
import type { Leadership, Store } from '../store/store.ts';
import { type Builder, builderOn, isDue } from './builder.ts';
import { utcDay } from './schedule.ts';

/** What the leader says of its work: counts and durations, never a name. */
export interface LeaderLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface LeaderOptions {
  readonly store: Store;
  readonly log: LeaderLog;
  readonly now: () => number;
  /** Does what takes time and memory; in this process where left out. */
  readonly build?: Builder;
  /** Between two looks, milliseconds; a minute where left out. */
  readonly everyMs?: number;
}

/** The work that one process of all does: windows, snapshots, retention. */
export interface Leader {
  /** Whether this process leads. */
  readonly leading: boolean;
  /** When this process last published anything, epoch milliseconds; undefined where it has not. */
  readonly publishedAt: number | undefined;
  /** Does at once what is due; waits for what is under way. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

const everyMs = 60_000;
/** When the leader is gone, another process has noticed after so long. */
const seekMs = 2000;
/** So many members at a time; on SQLite nobody else writes meanwhile. */
const windowStep: Readonly<Record<Store['kind'], number>> = { sqlite: 100, postgres: 2000 };
const sweepStep: Readonly<Record<Store['kind'], number>> = { sqlite: 100, postgres: 5000 };

/** Becomes the leader when no other process is, and then builds and publishes what is due, once a minute. */
export function startLeader({
  store,
  log,
  now,
  build = builderOn(store),
  everyMs: every = everyMs,
}: LeaderOptions): Leader {
  let leadership: Leadership | null = null;
  let stopped = false;
  let working: Promise<void> = Promise.resolve();
  let sweptOn = '';
  let publishedAt: number | undefined;
  const goesOn = (): boolean => !stopped && leadership?.holds() === true;

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
      await publish(org, policy, time);
      const insights = { what: 'insights', org, policy, now: time, lead: leadership?.epoch } as const;
      if (await isDue(store, insights)) await build(insights, goesOn);
    }
    if (sweptOn !== utcDay(time) && goesOn()) {
      await daily(org, time);
      sweptOn = utcDay(time);
    }
  }

  /** Adds up what changed before now. What comes in meanwhile may be left for the next look, else a busy board would never be done. */
  async function refreshWindows(org: number, today: string): Promise<void> {
    const began = performance.now();
    const order = { org, today, limit: windowStep[store.kind], lead: leadership?.epoch };
    const first = await store.refreshWindows(order);
    let { left } = first;
    for (let tries = 2 * Math.ceil(left / order.limit); tries > 0 && left > 0 && goesOn(); tries--) {
      ({ left } = await store.refreshWindows(order));
    }
    if (first.rolled) log.info({ ms: Math.round(performance.now() - began) }, 'windows of a new day added up');
  }

  async function publish(org: number, policy: Policy, time: number): Promise<void> {
    const began = performance.now();
    const order = { what: 'publish', org, policy, now: time, lead: leadership?.epoch } as const;
    const published = (await isDue(store, order)) ? await build(order, goesOn) : 0;
    if (published === 0) return;
    publishedAt = time;
    log.info({ published, ms: Math.round(performance.now() - began) }, 'snapshots published');
  }

  async function daily(org: number, time: number): Promise<void> {
    for (let after: number | null = 0; after !== null && goesOn(); ) {
      const order = { org, after, limit: sweepStep[store.kind], now: time, lead: leadership?.epoch };
      ({ next: after } = await store.sweep(order));
    }
    const flagged = await build({ what: 'flag-similar', org, now: time, lead: leadership?.epoch }, goesOn);
    if (flagged > 0) log.info({ flagged }, 'members have nearly the same counts: see the list of members');
  }

  function work(): Promise<void> {
    working = working.then(look).catch((error: unknown) => {
      log.warn({ problem: error instanceof Error ? error.message : String(error) }, 'the boards could not be built');
    });
    return working;
  }

  const timer = setInterval(() => void work(), every);
  const seeking = setInterval(() => {
    if (leadership?.holds() !== true) void work();
  }, seekMs);
  for (const each of [timer, seeking]) each.unref();
  return {
    get leading() {
      return leadership?.holds() === true;
    },
    get publishedAt() {
      return publishedAt;
    },
    work,
    async stop() {
      stopped = true;
      clearInterval(timer);
      clearInterval(seeking);
      await working;
      await leadership?.release();
      leadership = null;
    },
  };
}
