import { explain } from '../ledger/explain.ts';
import { modelTallies, tallies } from '../ledger/tallies.ts';
import { sumOf } from '../stats/sums.ts';
import { zoneOf } from '../usage/days.ts';
import { totalTokens } from '../usage/usage-event.ts';
import type { Arguments } from './arguments.ts';
import { counting } from './counting.ts';
import { dayAsked, periodOf, zoneAsked } from './days-asked.ts';
import { explainReport } from './explain-report.ts';
import { nothingFound } from './nothing-found.ts';
import { print } from './print.ts';
import { terminalOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `tokenboard explain DAY`: how a day's figure came about. */
export async function explainCommand(asked: Arguments): Promise<number> {
  const [word, further] = asked.words;
  if (word === undefined) throw new UsageError("'tokenboard explain' needs a day: 2026-05-12, today or yesterday.");
  if (further !== undefined) throw new UsageError(`'tokenboard explain' takes one day, not also '${further}'.`);
  const zone = zoneAsked(asked);
  const day = dayAsked(word, '', zone, Date.now());
  const { since = 0, until = 0 } = periodOf(zone, day, day).times;
  return await counting(asked, ({ ledger, machine, readers }) => {
    const terminal = terminalOf(process.stdout, process.env);
    const counted = tallies(ledger, { since, until });
    if (counted.length === 0 && modelTallies(ledger).length === 0)
      return print(nothingFound(ledger, machine, terminal));
    const utcDay = sumOf(modelTallies(ledger, periodOf(zoneOf('UTC'), day, day).times));
    print(
      explainReport(
        {
          day,
          timezone: zone.name,
          span: { since, until },
          tallies: counted,
          utcDayTokens: totalTokens(utcDay),
          tools: explain(ledger, machine, readers, since, until),
          home: machine.home,
        },
        terminal,
      ),
    );
  });
}
