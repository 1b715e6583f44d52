import { join } from 'node:path';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import { machineOf } from '../../src/ledger/machine.ts';
import { modelTallies, type Span, tallies, usedQuarters } from '../../src/ledger/tallies.ts';
import { blocksOf } from '../../src/stats/blocks.ts';
import { type Dimension, dimensions, report } from '../../src/stats/report.ts';
import { periodEndFor } from '../../src/stats/report-periods.ts';
import { addDays, zoneOf } from '../../src/usage/days.ts';
import { say } from '../workbench/say.ts';
import type { FilledLedger } from './filled-ledger.ts';
import { largeLedger } from './large-ledger.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import type { Section, Target } from './section.ts';
import { type TimedRun, timedRun } from './timed-run.ts';

const events = 1_000_000;
const zone = zoneOf('UTC');
const cli = join(import.meta.dirname, '../../dist/cli.js');
const statusBarRuns = 50;

/** Times what is asked of a ledger of a million requests: in this process, and by the command from start to end. */
export async function queryTimes({ runs }: BenchOptions): Promise<Section> {
  const ledgers = [await largeLedger(events, 90), await largeLedger(events, 3 * 365)];
  const columns = ledgers.map((ledger) => {
    say(`  questions to ${ledger.days} days`);
    return answersOf(ledger, runs);
  });
  const titles = columns[0]?.map(({ title }) => title) ?? [];
  return {
    title: 'A ledger of 1,000,000 requests',
    about: [
      'Made up, of four tools, in forty projects; once within 90 days, once within three years. The command is a process of its',
      'own, timed from start to end, with `--json`; the times beside it are those of the same work within a process that runs.',
    ],
    head: ['', ...ledgers.flatMap(({ days }) => [`${days} days: command`, 'in process'])],
    rows: titles.map((title, row) => [
      title,
      ...columns.flatMap((column) => {
        const { run, ms = Number.NaN } = column[row] ?? {};
        return [run === undefined ? '–' : duration(run.ms), duration(ms)];
      }),
    ]),
    targets: targetsOf(columns),
    failures: [],
  };
}

/** How long an answer of a ledger takes. */
export interface Answer {
  readonly title: string;
  readonly kind: 'status bar' | 'recent' | 'other';
  /** In this process. */
  readonly ms: number;
  /** As a command, the median and the most memory of all runs; undefined for what no command asks. */
  readonly run: Pick<TimedRun, 'ms' | 'peakMB'> | undefined;
}

/** Asks a filled ledger all that is asked of ledgers. */
export function answersOf(large: FilledLedger, runs: number): readonly Answer[] {
  const machine = machineOf(large.home);
  const ledger = openLedger(machine);
  try {
    const today = zone.dayOf(large.end);
    const since = addDays(today, -89);
    const midnight = zone.startOfDay(today);
    const recent = { since: zone.startOfDay(since) };
    const command = (by: readonly Dimension[], ...more: readonly string[]): Answer['run'] => {
      const all = Array.from({ length: runs }, () => commandRun(large.home, by, more));
      const peaks = all.flatMap(({ peakMB }) => peakMB ?? []);
      return { ms: median(all.map(({ ms }) => ms)), peakMB: peaks.length > 0 ? Math.max(...peaks) : undefined };
    };
    return [
      {
        title: "the status bar's: today, by model",
        kind: 'status bar',
        ms: medianOf(statusBarRuns, () => timed(() => modelTallies(ledger, { since: midnight }))),
        run: undefined,
      },
      {
        title: '90 days, by day and model',
        kind: 'recent',
        ms: medianOf(runs, () => timed(() => answer(ledger, ['day', 'model'], recent))),
        run: command(['day', 'model'], '--since', since),
      },
      ...dimensions.map(
        (dimension): Answer => ({
          title: `all, by ${dimension}`,
          kind: 'other',
          ms: medianOf(runs, () => timed(() => answer(ledger, [dimension], {}))),
          run: command([dimension]),
        }),
      ),
    ];
  } finally {
    ledger.close();
  }
}

/** What the command does between opening the ledger and printing. */
function answer(ledger: Ledger, by: readonly Dimension[], span: Span): unknown {
  const ofOrigin = by.some((dimension) => ['session', 'project', 'branch'].includes(dimension));
  const found = (ofOrigin ? tallies : modelTallies)(ledger, { ...span, periodEnd: periodEndFor(by, zone) });
  const blocks = by.includes('block') ? { blocks: blocksOf(usedQuarters(ledger)) } : undefined;
  return report(found, { by, zone, ...blocks });
}

function commandRun(home: string, by: readonly Dimension[], more: readonly string[]): TimedRun {
  const command = [
    process.execPath,
    cli,
    'report',
    '--by',
    by.join(','),
    '--json',
    '--timezone',
    'UTC',
    '--home',
    home,
  ];
  const env = { HOME: home, PATH: process.env.PATH ?? '', TZ: 'UTC' };
  const run = timedRun([...command, ...more], env);
  if (JSON.parse(run.stdout).rows.length === 0) throw new Error(`no rows by ${by.join(', ')}`);
  return run;
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function medianOf(runs: number, time: () => number): number {
  return median(Array.from({ length: runs }, time));
}

function targetsOf(columns: readonly (readonly Answer[])[]): readonly Target[] {
  const all = columns.flat();
  const most = (kind: Answer['kind'], time: (answer: Answer) => number): number =>
    Math.max(...all.filter((answer) => answer.kind === kind).map(time));
  const statusBar = most('status bar', ({ ms }) => ms);
  const within = (kind: Answer['kind'], text: string, limit: number): Target => {
    const command = most(kind, ({ run }) => run?.ms ?? 0);
    const inProcess = most(kind, ({ ms }) => ms);
    const measured = `${duration(command)} as a command, ${duration(inProcess)} in process`;
    return { text: `${text} ≤ ${limit} ms, start of Node included`, measured, met: command <= limit };
  };
  return [
    { text: "the status bar's question ≤ 5 ms", measured: duration(statusBar), met: statusBar <= 5 },
    within('recent', 'a 90-day report by day and model', 100),
    within('other', 'any other report', 500),
  ];
}
