import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import { machineOf } from '../ledger/machine.ts';
import { realPaths } from '../ledger/real-paths.ts';
import { type ScanReport, scan } from '../ledger/scan.ts';
import { modelTallies } from '../ledger/tallies.ts';
import { withExtraFolders } from '../readers/extra-folders.ts';
import { readersOn } from '../readers/index.ts';
import type { AnyReader, Machine } from '../readers/reader.ts';
import type { Arguments } from './arguments.ts';
import { extraHomes } from './extra-homes.ts';
import { toolsAsked } from './filters.ts';
import { homeAsked } from './home-asked.ts';
import { counted } from './notes.ts';
import { progressLine } from './progress.ts';
import { threadsBeside } from './reading-threads.ts';
import { harmless } from './terminal-text.ts';

/** The ledger after what is new in the logs was read. */
export interface Counting {
  readonly ledger: Ledger;
  readonly machine: Machine;
  /** Those that were used: all that are verified, and those of `--with`. */
  readonly readers: readonly AnyReader[];
  /** What the reading met; undefined where the ledger could not be written. */
  readonly scanned: ScanReport | undefined;
}

const problemsShown = 3;
/** Another window's first reading takes some seconds; figures from before its end would be wrong. */
const waitMs = 30_000;

/**
 * Reads what is new in the logs of `--home` or the user's own home and answers from the ledger; gives the exit code. What a
 * person should know of the reading goes to standard error. Where the ledger cannot be written, what it holds still answers.
 */
export async function counting(
  asked: Arguments,
  answer: (counting: Counting) => void | Promise<void>,
): Promise<number> {
  const machine = machineOf(homeAsked(asked));
  const readers = withExtraFolders(readersOn(toolsAsked(asked, 'with')), extraHomes(asked, process.env), realPaths());
  let ledger: Ledger | undefined;
  try {
    ledger = openLedger(machine);
    const scanned = await scanNew(ledger, machine, readers);
    tell([...ledger.notices, ...(scanned === undefined ? [] : problemsOf(scanned))]);
    await answer({ ledger, machine, readers, scanned });
    return scanned === undefined ? 1 : 0;
  } finally {
    ledger?.close();
  }
}

async function scanNew(
  ledger: Ledger,
  machine: Machine,
  readers: readonly AnyReader[],
): Promise<ScanReport | undefined> {
  const progress = progressLine(process.stderr, Date.now);
  try {
    return await scan(ledger, machine, readers, { waitMs, onProgress: progress.update, workers: threadsBeside() });
  } catch (error) {
    if (!(error instanceof LedgerError) || modelTallies(ledger).length === 0) throw error;
    tell([error.message, 'These figures are those of the last reading.']);
    return undefined;
  } finally {
    progress.end();
  }
}

function problemsOf(scanned: ScanReport): string[] {
  const shown = scanned.problems
    .slice(0, problemsShown)
    .map(({ path, reason }) => `could not read ${harmless(path)}: ${harmless(reason)}`);
  const more = scanned.problems.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`could not read ${counted(more, 'more log')}; 'tokenboard doctor' lists all.`] : []),
    ...(scanned.busy ? ['another window is still reading logs; these figures may lack what it reads.'] : []),
  ];
}

/** Tells sentences on standard error. */
export function tell(sentences: readonly string[]): void {
  for (const sentence of sentences) process.stderr.write(`tokenboard: ${sentence}\n`);
}
