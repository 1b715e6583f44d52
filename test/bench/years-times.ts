import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { atExit } from '../workbench/at-exit.ts';
import { cacheFolder } from '../workbench/cache-folder.ts';
import { say } from '../workbench/say.ts';
import { corpusHome } from './corpus-home.ts';
import { dashboardColumn } from './dashboard-times.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import { type Answer, answersOf } from './query-times.ts';
import type { Section, Target } from './section.ts';
import { type TimedRun, timedRun } from './timed-run.ts';
import { yearsEvents, yearsLedger } from './years-ledger.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const mostMB = 400;

/** A command in a situation, measured some times. */
interface Measured {
  readonly title: string;
  /** Milliseconds from start to end; the median. */
  readonly ms: number;
  readonly peakMB: number;
  /** Undefined where no bound was set. */
  readonly mostMs?: number;
}

/** Times a ledger of five years: what is new beside it, questions, the dashboard, and the commands that go through all of it. */
export async function yearsTimes({ megabytes, runs }: BenchOptions): Promise<Section> {
  const { home, end } = await yearsLedger();
  const folder = join(home, '.local/share/tokenboard');
  const bytes = statSync(join(folder, 'ledger.db')).size;
  say('  what is new beside five years');
  const commands = await commandTimes(folder, megabytes, runs);
  say('  questions to five years');
  const answers = answersOf({ home, end }, runs);
  say('  the dashboard of five years');
  const dashboard = await dashboardColumn(home, runs);
  const slowest = Math.max(...dashboard.answers.values());
  const slow = [...dashboard.answers].find(([, ms]) => ms === slowest)?.[0] ?? '';
  return {
    title: `A ledger of five years, ${yearsEvents.toLocaleString('en-US')} requests`,
    about: [
      `Made up, of four tools, their models and 128 projects that come and go; ${(bytes / 1e6).toFixed(0)} MB, and its logs are gone. Beside it`,
      `lie ${megabytes} MB of transcripts that it knows. Commands are processes of their own, timed from start to end. All bounds are`,
      'twice those of smaller ledgers.',
    ],
    head: ['', 'time', 'in process', 'most memory'],
    rows: [
      ...commands.map(({ title, ms, peakMB }) => [title, duration(ms), '', memory(peakMB)]),
      ...answers.map(({ title, ms, run }) => [
        title,
        run === undefined ? '–' : duration(run.ms),
        duration(ms),
        run === undefined ? '' : memory(run.peakMB ?? Number.NaN),
      ]),
      ['the dashboard: first overview of 30 days', '', duration(dashboard.firstMs), ''],
      ['the dashboard: all loaded', '', duration(dashboard.loadedMs), ''],
      [`the dashboard: slowest answer (${slow})`, '', duration(slowest), ''],
    ],
    targets: [
      ...commands.flatMap(({ title, ms, mostMs }) => (mostMs === undefined ? [] : [within(title, ms, mostMs)])),
      ...answerTargets(answers),
      within('the first overview of the dashboard', dashboard.firstMs, 300),
      within('each answer of the dashboard', slowest, 200),
      memoryTarget(commands, answers),
    ],
    failures: [],
  };
}

/** With a copy of the ledger, which changes. */
async function commandTimes(folder: string, megabytes: number, runs: number): Promise<readonly Measured[]> {
  const corpus = await corpusHome(megabytes);
  const work = mkdtempSync(join(cacheFolder(), 'years-work-'));
  const remove = (): void => rmSync(work, { recursive: true, force: true });
  const callOff = atExit(remove);
  const env = { HOME: corpus.home, TOKENBOARD_DATA_DIR: join(work, 'data'), PATH: process.env.PATH ?? '', TZ: 'UTC' };
  const run = (...words: string[]): TimedRun => timedRun([process.execPath, cli, ...words], env);
  const report = ['report', '--by', 'model', '--since', 'today', '--json'];
  try {
    cpSync(folder, join(work, 'data'), { recursive: true });
    const first = run('scan');
    const nothing = Array.from({ length: runs }, () => run(...report));
    const line = Array.from({ length: runs }, () => {
      corpus.append();
      return run(...report);
    });
    const overview = Array.from({ length: runs }, () => run());
    const explained = Array.from({ length: runs }, () => run('explain', 'today'));
    const doctor = Array.from({ length: runs }, () => run('doctor'));
    const exported = run('export', join(work, 'export.tokenboard'));
    const forgotten = run('forget', '--project', '/home/dev/project-80', '--yes');
    return [
      { ...measured(`a first reading of ${megabytes} MB more`, [first]) },
      { ...measured('nothing new', nothing), mostMs: 300 },
      { ...measured('one line more', line), mostMs: 400 },
      { ...measured('`tokenboard`, the overview', overview), mostMs: 1000 },
      { ...measured('`explain today`', explained), mostMs: 1000 },
      { ...measured('`doctor`', doctor), mostMs: 1000 },
      { ...measured('`export`', [exported]) },
      { ...measured('`forget` a project', [forgotten]) },
    ];
  } finally {
    corpus.restore();
    remove();
    callOff();
  }
}

function measured(title: string, all: readonly TimedRun[]): Measured {
  return {
    title,
    ms: median(all.map(({ ms }) => ms)),
    peakMB: Math.max(...all.map(({ peakMB = Number.NaN }) => peakMB)),
  };
}

function answerTargets(answers: readonly Answer[]): readonly Target[] {
  const most = (kind: Answer['kind'], time: (answer: Answer) => number): number =>
    Math.max(...answers.filter((answer) => answer.kind === kind).map(time));
  const asCommand = ({ run }: Answer): number => run?.ms ?? 0;
  return [
    within(
      "the status bar's question",
      most('status bar', ({ ms }) => ms),
      10,
    ),
    within('a 90-day report by day and model', most('recent', asCommand), 200),
    within('any other report', most('other', asCommand), 1000),
  ];
}

function within(title: string, ms: number, mostMs: number): Target {
  return { text: `${title} ≤ ${mostMs} ms`, measured: duration(ms), met: ms <= mostMs };
}

function memoryTarget(commands: readonly Measured[], answers: readonly Answer[]): Target {
  const peaks = [...commands.map(({ peakMB }) => peakMB), ...answers.flatMap(({ run }) => run?.peakMB ?? [])];
  const peakMB = Math.max(...peaks.filter(Number.isFinite));
  return { text: `peak memory ≤ ${mostMB} MB`, measured: memory(peakMB), met: peakMB <= mostMB };
}

function memory(megabytes: number): string {
  return Number.isFinite(megabytes) ? `${megabytes.toFixed(0)} MB` : '';
}
