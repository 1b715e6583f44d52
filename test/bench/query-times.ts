import { join } from 'node:path';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import { machineOf } from '../../src/ledger/machine.ts';
import { modelTallies, type Span, tallies, usedQuarters } from '../../src/ledger/tallies.ts';
import { blocksOf } from '../../src/stats/blocks.ts';
import { type Dimension, dimensions, report } from '../../src/stats/report.ts';
import { periodEndFor } from '../../src/stats/report-periods.ts';
import { addDays, zoneOf } from '../../src/usage/days.ts';
import { say } from '../workbench/say.ts';
import { type LargeLedger, largeLedger } from './large-ledger.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import type { Section, Target } from './section.ts';
import { timedRun } from './timed-run.ts';

const events = 1_000_000;
const zone = zoneOf('UTC');
const cli = join(import.meta.dirname, '../../dist/cli.js');
const statusBarRuns = 50;

/** Times what is asked of a ledger of a million requests: in this process, and by the command from start to end. */
export async function queryTimes({ runs }: BenchOptions): Promise<Section> {
  const ledgers = [await largeLedger(events, 90), await largeLedger(events, 3 * 365)];
  const columns = ledgers.map((ledger) => columnOf(ledger, runs));
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
        const { commandMs, ms = Number.NaN } = column[row] ?? {};
        return [commandMs === undefined ? '–' : duration(commandMs), duration(ms)];
      }),
    ]),
    targets: targetsOf(columns),
    failures: [],
  };
}

interface Answer {
  readonly title: string;
  readonly kind: 'status bar' | 'recent' | 'other';
  /** In this process. */
  readonly ms: number;
  /** As a command; undefined for what no command asks. */
  readonly commandMs: number | undefined;
}

function columnOf(large: LargeLedger, runs: number): readonly Answer[] {
  say(`  questions to ${large.days} days`);
  const machine = machineOf(large.home);
  const ledger = openLedger(machine);
  try {
    const today = zone.dayOf(large.end);
    const since = addDays(today, -89);
    const midnight = zone.startOfDay(today);
    const recent = { since: zone.startOfDay(since) };
    const command = (by: readonly Dimension[], ...more: readonly string[]): number =>
      medianOf(runs, () => commandMs(large.home, by, more));
    return [
      {
        title: "the status bar's: today, by model",
        kind: 'status bar',
        ms: medianOf(statusBarRuns, () => timed(() => modelTallies(ledger, { since: midnight }))),
        commandMs: undefined,
      },
      {
        title: '90 days, by day and model',
        kind: 'recent',
        ms: medianOf(runs, () => timed(() => answer(ledger, ['day', 'model'], recent))),
        commandMs: command(['day', 'model'], '--since', since),
      },
      ...dimensions.map(
        (dimension): Answer => ({
          title: `all, by ${dimension}`,
          kind: 'other',
          ms: medianOf(runs, () => timed(() => answer(ledger, [dimension], {}))),
          commandMs: command([dimension]),
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

function commandMs(home: string, by: readonly Dimension[], more: readonly string[]): number {
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
  const { ms, stdout } = timedRun([...command, ...more], env);
  if (JSON.parse(stdout).rows.length === 0) throw new Error(`no rows by ${by.join(', ')}`);
  return ms;
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
    const command = most(kind, ({ commandMs = 0 }) => commandMs);
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
