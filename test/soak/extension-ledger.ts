import { machineOf } from '../../src/ledger/machine.ts';
import { openLedgerToRead } from '../../src/ledger/read-ledger.ts';
import { modelTallies } from '../../src/ledger/tallies.ts';
import type { ModelTotals } from '../readers/home-usage.ts';
import { addTotals, nothing } from './extension-sessions.ts';

export type ToolTotals = Readonly<Record<string, ModelTotals>>;

/** What a home's ledger holds by tool, as it stands: nothing is scanned. `since` is epoch milliseconds; absent: all. */
export function countedIn(home: string, since?: number): ToolTotals {
  const ledger = openLedgerToRead(machineOf(home));
  if (ledger === undefined) return {};
  try {
    const totals: Record<string, ModelTotals> = {};
    for (const { tool, input, output, cacheRead, cacheWrite5m, cacheWrite1h, reasoning, events } of modelTallies(
      ledger,
      { since },
    )) {
      const cacheWrite = cacheWrite5m + cacheWrite1h;
      totals[tool] = addTotals(totals[tool] ?? nothing, { input, output, cacheRead, cacheWrite, reasoning, events });
    }
    return totals;
  } finally {
    ledger.close();
  }
}

/** All tokens, as the counter counts them. */
export function tokensOf(totals: ToolTotals): number {
  return Object.values(totals).reduce(
    (sum, { input, output, cacheRead, cacheWrite }) => sum + input + output + cacheRead + cacheWrite,
    0,
  );
}

/** Where what is counted is not what was written, in sentences. */
export function differences(written: ToolTotals, counted: ToolTotals): readonly string[] {
  const tools = [...new Set([...Object.keys(written), ...Object.keys(counted)])].sort();
  return tools.flatMap((tool) => {
    const [wanted, found] = [written[tool] ?? nothing, counted[tool] ?? nothing];
    const names = Object.keys(nothing) as (keyof ModelTotals)[];
    const wrong = names.filter((name) => wanted[name] !== found[name]);
    return wrong.length === 0
      ? []
      : [`${tool}: ${wrong.map((name) => `${name} ${found[name]} instead of ${wanted[name]}`).join(', ')}`];
  });
}
