import type { Ledger } from '../ledger/ledger.ts';
import { modelTallies, tallies, usedQuarters } from '../ledger/tallies.ts';
import { pricesVersion } from '../pricing/price-list.ts';
import { type BlockOf, blocksOf } from '../stats/blocks.ts';
import { type AnyTally, type Dimension, dimensions, type Filters, passes, report } from '../stats/report.ts';
import { periodEndFor } from '../stats/report-periods.ts';
import type { Zone } from '../usage/days.ts';
import { normalModelId } from '../usage/model-id.ts';
import type { Arguments } from './arguments.ts';
import { counting } from './counting.ts';
import { type Period, periodAsked, zoneAsked } from './days-asked.ts';
import { countsAsked, filtersAsked } from './filters.ts';
import { nearest } from './nearest.ts';
import { nothingFound } from './nothing-found.ts';
import { nothingMatches } from './nothing-matches.ts';
import { print } from './print.ts';
import { reportCSV } from './report-csv.ts';
import { reportJSON } from './report-json.ts';
import { reportTable } from './report-table.ts';
import { terminalOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `tokenboard report`: sums by whatever was asked, as a table, JSON or CSV. */
export function reportCommand(asked: Arguments): Promise<number> {
  if (asked.words[0] !== undefined) {
    throw new UsageError(
      `'tokenboard report' takes only flags, not '${asked.words[0]}'; for one day: --since DAY --until DAY.`,
    );
  }
  const by = dimensionsAsked(asked);
  const zone = zoneAsked(asked);
  const period = periodAsked(asked, zone, Date.now());
  const filters = filtersAsked(asked, normalModelId);
  const cost = !asked.is('no-cost');
  if (asked.is('json') && asked.is('csv')) throw new UsageError('--json and --csv exclude each other.');
  return counting(asked, ({ ledger, machine }) => {
    const found = talliesFor(ledger, by, filters, period, zone);
    const counted = found.filter((tally) => passes(tally, filters)).filter(countsAsked(asked));
    const blocks = by.includes('block') ? { blocks: blocksIn(ledger, filters) } : {};
    const made = report(counted, { by, zone, ...blocks });
    const frame = { timezone: zone.name, since: period.sinceDay, until: period.untilDay, pricesVersion, cost };
    const terminal = terminalOf(process.stdout, process.env);
    if (asked.is('json')) print([reportJSON(made, frame)]);
    else if (asked.is('csv')) print([reportCSV(made, cost)]);
    else if (made.rows.length > 0) {
      print(reportTable(made, counted, { period, timezone: zone.name, cost, home: machine.home }, terminal));
    } else if (modelTallies(ledger, {}).length > 0) print(nothingMatches(asked, found, terminal));
    else print(nothingFound(ledger, machine, terminal));
  });
}

function dimensionsAsked(asked: Arguments): Dimension[] {
  const names = asked.values('by').map((typed) => {
    const name = dimensions.find((dimension) => dimension === typed.toLowerCase());
    if (name !== undefined) return name;
    const near = nearest(typed, dimensions);
    throw new UsageError(
      `--by '${typed}' is unknown; ${near === undefined ? `it takes ${dimensions.join(', ')}.` : `did you mean '${near}'?`}`,
    );
  });
  return names.length === 0 ? ['day'] : [...new Set(names)];
}

/** The tallies of the period, as coarse as the report allows: with their origin, and by quarters of an hour, only where that matters. */
function talliesFor(
  ledger: Ledger,
  by: readonly Dimension[],
  filters: Filters,
  period: Period,
  zone: Zone,
): readonly AnyTally[] {
  const needsOrigin =
    filters.project !== undefined ||
    filters.branch !== undefined ||
    by.some((dimension) => dimension === 'session' || dimension === 'project' || dimension === 'branch');
  return (needsOrigin ? tallies : modelTallies)(ledger, { ...period.times, periodEnd: periodEndFor(by, zone) });
}

/** A block begins when its tool was first used, whichever part of that use is reported. */
function blocksIn(ledger: Ledger, { tool }: Filters): BlockOf {
  return blocksOf(usedQuarters(ledger, tool));
}
