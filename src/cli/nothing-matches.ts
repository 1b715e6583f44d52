import type { AnyTally } from '../stats/report.ts';
import type { Arguments } from './arguments.ts';
import { listed } from './notes.ts';
import type { Terminal } from './terminal.ts';
import { wrap } from './terminal-text.ts';

const namesShown = 12;

/** What to say when there is usage, but none that was asked for. `tallies` are those of the time asked for. */
export function nothingMatches(asked: Arguments, tallies: readonly AnyTally[], terminal: Terminal): string[] {
  if (tallies.length === 0) {
    return wrap(
      "Nothing was used in that time. 'tokenboard report --by month' shows when something was.",
      terminal.width,
    );
  }
  const lines = (['tool', 'model', 'project', 'branch'] as const).flatMap((name) => {
    if (asked.value(name) === undefined) return [];
    const known = [...new Set(tallies.map((tally) => tally[name] ?? ''))].filter((one) => one !== '').sort();
    return wrap(
      known.length === 0 ? `No log names a ${name}.` : `In that time --${name} could be ${listed(known, namesShown)}.`,
      terminal.width,
      '  ',
    );
  });
  return ['Nothing matches what was asked for.', ...lines];
}
