import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../demo/random.ts';
import type { ModelTotals } from '../readers/home-usage.ts';
import { countedIn, type ToolTotals } from './extension-ledger.ts';
import { addTotals, copyOf, nothing, type Sample } from './extension-sessions.ts';
import { tidy, writeSession } from './extension-writer.ts';

/** Two hours of work pass in the time of a soak. */
export const workedMs = 2 * 3_600_000;
/** Mean pause of a tool between two records. */
const pauseMs = 2000;
const lookMs = 500;
/** A log is thrown away no sooner: all logs are looked at every 15 s. */
const restMs = 20_000;
const names = Object.keys(nothing) as (keyof ModelTotals)[];
/** Whatever is not counted by then is missed. */
export const patienceMs = 90_000;

/** All that was written so far. */
export interface Work {
  readonly totals: ToolTotals;
  readonly sessions: number;
  readonly records: number;
  readonly cutDown: number;
  readonly removed: number;
  /** Milliseconds from the end of each session until the ledger had all of its tool, in order of size. */
  readonly lags: readonly number[];
}

export interface WorkOrder {
  readonly home: string;
  readonly tools: ReadonlyMap<string, readonly Sample[]>;
  readonly seed: number;
  readonly ms: number;
}

/** Lets all tools work at once; the last sessions are written to their end. */
export async function letToolsWork({ home, tools, seed, ms }: WorkOrder, look: (work: Work) => void): Promise<Work> {
  const random = seeded(seed);
  const began = Date.now();
  const end = began + ms;
  const written: Record<string, typeof nothing> = {};
  const lags: number[] = [];
  let counted: ToolTotals = {};
  let [sessions, records, cutDown, removed, busy] = [0, 0, 0, 0, true];
  const pause = async (): Promise<void> => {
    // What is left when the time is over is written at once.
    if (Date.now() < end) await sleep(Math.min(random.whole(0, 2 * pauseMs), end - Date.now()));
  };

  async function work(tool: string, samples: readonly Sample[]): Promise<void> {
    let latest = 0;
    await pause();
    for (let left = shuffled(samples); Date.now() < end; ) {
      if (left.length === 0) left = shuffled(samples);
      const sample = left.pop() as Sample;
      const copy = `s${++sessions}`;
      // The clock of the work goes faster than the machine's, up to now.
      const now = began - workedMs + ((Date.now() - began) / ms) * workedMs;
      const start = Math.max(Math.floor(now / 1000) * 1000, latest + 1000);
      latest = start + sample.times.length * 1000;
      const files = copyOf(sample, copy, start);
      const added = await writeSession(home, files, { random, pause });
      records += added;
      for (const [of, totals] of Object.entries(sample.totals)) written[of] = addTotals(written[of] ?? nothing, totals);
      const seen = countedWithin(tool, written[tool] ?? nothing);
      const shared = new Set(sample.files.map(({ path }) => path));
      // A tool that goes on in the same document would throw away what nobody has read yet.
      if (files.some(({ path, kind }) => kind === 'document' && shared.has(path))) await seen;
      later.push(
        seen.then(async (yes) => {
          if (!yes) return;
          await sleep(restMs);
          const fate = tidy(home, tool, files, (path) => !shared.has(path), random);
          if (fate === 'cut down') cutDown++;
          if (fate === 'removed') removed++;
        }),
      );
    }
  }

  async function countedWithin(tool: string, totals: ModelTotals): Promise<boolean> {
    const from = Date.now();
    while (Date.now() - from < patienceMs) {
      if (names.every((name) => (counted[tool]?.[name] ?? 0) >= totals[name])) {
        lags.push(Date.now() - from);
        return true;
      }
      await sleep(lookMs);
    }
    return false;
  }

  function shuffled(samples: readonly Sample[]): Sample[] {
    return samples
      .map((sample) => [random.between(0, 1), sample] as const)
      .sort(([a], [b]) => a - b)
      .map(([, sample]) => sample);
  }

  const told = (): Work => ({
    totals: written,
    sessions,
    records,
    cutDown,
    removed,
    lags: lags.toSorted((a, b) => a - b),
  });
  const later: Promise<void>[] = [];
  const looking = (async () => {
    for (; busy; await sleep(lookMs)) {
      counted = countedIn(home);
      look(told());
    }
  })();
  await Promise.all([...tools].map(([tool, samples]) => work(tool, samples)));
  await Promise.all(later);
  busy = false;
  await looking;
  return told();
}
