import { modelTallies } from '../ledger/tallies.ts';
import { periodEndFor } from '../stats/report-periods.ts';
import type { Arguments } from './arguments.ts';
import { counting } from './counting.ts';
import { zoneAsked } from './days-asked.ts';
import { countsAsked } from './filters.ts';
import { nothingFound } from './nothing-found.ts';
import { overviewTable } from './overview-table.ts';
import { print } from './print.ts';
import { terminalOf } from './terminal.ts';

/** `tokenboard`: today, the last days, totals. */
export function overviewCommand(asked: Arguments): Promise<number> {
  const zone = zoneAsked(asked);
  return counting(asked, ({ ledger, machine }) => {
    const terminal = terminalOf(process.stdout, process.env);
    const tallies = modelTallies(ledger, { periodEnd: periodEndFor(['day'], zone) }).filter(countsAsked(asked));
    print(
      tallies.length === 0
        ? nothingFound(ledger, machine, terminal)
        : overviewTable(tallies, { zone, now: Date.now(), cost: !asked.is('no-cost') }, terminal),
    );
  });
}
