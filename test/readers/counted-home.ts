import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type FoundLog, findLogs } from '../../src/ledger/find-logs.ts';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import { machineOf } from '../../src/ledger/machine.ts';
import { type ScanReport, scan } from '../../src/ledger/scan.ts';
import { modelTallies, tallies } from '../../src/ledger/tallies.ts';
import { readers as allReaders } from '../../src/readers/index.ts';
import type { AnyReader, Machine } from '../../src/readers/reader.ts';
import type { ModelTally, Tally } from '../../src/usage/tally.ts';
import type { ModelTotals } from './home-usage.ts';

/** A home whose logs are counted as on a person's machine, in a ledger of its own. */
export interface CountedHome {
  readonly home: string;
  readonly ledger: Ledger;
  scan(options?: { readonly paths?: readonly string[]; readonly readers?: readonly AnyReader[] }): Promise<ScanReport>;
  logs(): readonly FoundLog[];
  /** As `expected.json` has them. */
  totals(): Record<string, Record<string, ModelTotals>>;
  /** The same by session, project, branch and whether a subagent made it. */
  bySession(): Record<string, ModelTotals>;
  modelTallies(): readonly ModelTally[];
  tallies(): readonly Tally[];
  close(): void;
}

/** Later than all fixtures, so that none of them has a date that is still to come. */
export const clock = Date.UTC(2030, 0);

export function countedHome(home: string, machine: Partial<Machine> = {}): CountedHome {
  const counted = { ...machineOf(home), ...machine };
  const place = mkdtempSync(join(home, 'ledger-'));
  const ledger = openLedger({ ...counted, env: { TOKENBOARD_DATA_DIR: place } });
  return {
    home,
    ledger,
    scan: ({ paths, readers = allReaders } = {}) => scan(ledger, counted, readers, { paths, now: () => clock }),
    logs: () => findLogs(counted, allReaders, () => {}),
    totals() {
      const found: Record<string, Record<string, ModelTotals>> = {};
      for (const tally of modelTallies(ledger)) {
        const { tool, model } = tally;
        found[tool] ??= {};
        found[tool][model] = sum(found[tool][model], tally);
      }
      return found;
    },
    bySession() {
      const found: Record<string, ModelTotals> = {};
      for (const tally of tallies(ledger)) {
        const { tool, model, session, project, branch, subagent } = tally;
        const name = [tool, model, session, project, branch, subagent ? 'subagent' : 'main'].join(' · ');
        found[name] = sum(found[name], tally);
      }
      return found;
    },
    modelTallies: () => modelTallies(ledger),
    tallies: () => tallies(ledger),
    close: () => ledger.close(),
  };
}

function sum(totals: ModelTotals | undefined, tally: ModelTally): ModelTotals {
  const { input = 0, output = 0, cacheRead = 0, cacheWrite = 0, reasoning = 0, events = 0 } = totals ?? {};
  return {
    input: input + tally.input,
    output: output + tally.output,
    cacheRead: cacheRead + tally.cacheRead,
    cacheWrite: cacheWrite + tally.cacheWrite5m + tally.cacheWrite1h,
    reasoning: reasoning + tally.reasoning,
    events: events + tally.events,
  };
}
