import type { Ledger } from '../ledger/ledger.ts';
import { type DayFacts, type Fact, factsOf, readDayFacts } from './event-facts.ts';

/** The facts of single requests by day, read in the background the first time that they are asked for. */
export interface FactStore {
  /** The facts of these UTC days, in order; undefined while some are still being read, of which `onRead` then tells the end. */
  of(ledger: Ledger, days: readonly number[]): readonly Fact[] | undefined;
  /** The same, once they are read. */
  whenRead(ledger: Ledger, days: () => readonly number[]): Promise<readonly Fact[]>;
  /** These days have changed. */
  forget(days: Iterable<number>): void;
  clear(): void;
}

/** `breathe` lets others be answered. Where reading fails nothing is told: the next question tries again. */
export function factStore(breathe: () => Promise<void>, onRead: () => void): FactStore {
  const known = new Map<number, DayFacts>();
  const wanted = new Set<number>();
  let round = 0;
  let reading: Promise<void> | undefined;

  async function read(ledger: Ledger): Promise<void> {
    try {
      for (let day = latest(wanted); day !== undefined; day = latest(wanted)) {
        const begun = round;
        await breathe();
        const facts = await readDayFacts(ledger, day, breathe);
        // What changed meanwhile is read again.
        if (begun !== round) continue;
        known.set(day, facts);
        wanted.delete(day);
      }
    } finally {
      reading = undefined;
      wanted.clear();
    }
    onRead();
  }

  function of(ledger: Ledger, days: readonly number[]): readonly Fact[] | undefined {
    const missing = days.filter((day) => !known.has(day));
    if (missing.length === 0) return factsOf(days.flatMap((day) => known.get(day) ?? []));
    for (const day of missing) wanted.add(day);
    if (reading === undefined) {
      reading = read(ledger);
      reading.catch(() => undefined);
    }
    return undefined;
  }

  return {
    of,
    async whenRead(ledger, days) {
      for (;;) {
        const facts = of(ledger, days());
        if (facts !== undefined) return facts;
        await reading;
      }
    },
    forget(days) {
      round++;
      for (const day of days) known.delete(day);
    },
    clear() {
      round++;
      known.clear();
      wanted.clear();
    },
  };
}

function latest(days: ReadonlySet<number>): number | undefined {
  let found: number | undefined;
  for (const day of days) if (found === undefined || day > found) found = day;
  return found;
}
