import { setImmediate as turn } from 'node:timers/promises';
import { daySums, projectFolders } from '../ledger/day-sums.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { addDays } from '../usage/days.ts';
import { type CellRules, type Counts, cellsOfDay } from './cells.ts';
import { folderTest } from './folder-globs.ts';
import { dayNumber, type SharedDays } from './shared-days.ts';
import type { Share } from './state.ts';
import type { Team } from './team.ts';

/** A day's cells as the ledger has them now. */
export interface CountedDay {
  readonly day: string;
  readonly cells: readonly Counts[];
}

/** Counts days from the ledger, one a turn of the event loop, so that nothing else waits long. */
export async function* countDays(
  { home, platform }: Pick<Team, 'home' | 'platform'>,
  ledger: Ledger,
  days: Iterable<string>,
  { exclude }: Share,
  rules: CellRules,
): AsyncGenerator<CountedDay> {
  const isExcluded = folderTest(exclude, { home, platform });
  const without = exclude.length === 0 ? [] : projectFolders(ledger).filter((project) => isExcluded(project));
  for (const day of days) {
    await turn();
    yield { day, cells: cellsOfDay(day, daySums(ledger, dayNumber(day), without), rules) };
  }
}

/** Every day of a span, from the first on. */
export function* daysFrom({ from, to }: SharedDays): Generator<string> {
  for (let day = from; day <= to; day = addDays(day, 1)) yield day;
}
