import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compact } from '../../src/usage/format.ts';
import { millisecondsUntilShown } from '../workbench/counter.ts';
import { packageVsix } from '../workbench/package-vsix.ts';
import { packagePreloading } from '../workbench/preloading-extension.ts';
import { say } from '../workbench/say.ts';
import { openWorkbench } from '../workbench/workbench.ts';
import { type CorpusHome, corpusHome } from './corpus-home.ts';
import { ours } from './counters.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import { type ProcessUse, useOf } from './process-use.ts';
import type { Section } from './section.ts';
import { timedRun } from './timed-run.ts';

const mostInstallMs = 5000;
const mostMegabytes = 60;
const mostIdleShare = 0.005;
/** Starting, VS Code is busy with much else for a while. */
const calmMs = 15_000;
const idleMs = 30_000;
/** A round takes nearly two minutes. */
const mostRounds = 3;

/** What a window felt of an installation. */
interface Installed {
  readonly ms: number;
  readonly before: ProcessUse;
  readonly after: ProcessUse;
}

/** Installs the extension into a window that is open, and measures what the extension host needs with it and without it. */
export async function installTimes({ megabytes, runs }: BenchOptions): Promise<Section> {
  const corpus = await corpusHome(megabytes);
  const vsix = await packageVsix();
  const text = compact(tokensOfMonth(corpus));
  const rounds: Installed[] = [];
  const wanted = Math.min(runs, mostRounds);
  for (let round = 0; round < wanted; round++) {
    say(`  installing: round ${round + 1} of ${wanted}`);
    rounds.push(await installed(corpus.home, vsix, text));
  }
  const ms = median(rounds.map((one) => one.ms));
  const memory = median(rounds.map(({ before, after }) => after.megabytes - before.megabytes));
  const share = Math.max(0, median(rounds.map(({ before, after }) => after.share - before.share)));
  const both = (title: string, figure: (use: ProcessUse) => number, words: (value: number) => string) =>
    [
      title,
      ...(['before', 'after'] as const).map((when) => words(median(rounds.map((one) => figure(one[when]))))),
    ] as const;
  return {
    title: 'From installing to the first count',
    about: [
      `The packaged extension is installed into a window of VS Code that is open, on ${(corpus.corpus.bytes / 1e6).toFixed(0)} MB of transcripts that nobody has`,
      `counted. It is timed until the counter shows the right figure, in the median of ${wanted} rounds after ${duration(ms)}. Processor time and memory are those`,
      'of the whole extension host: for half a minute before, and for half a minute that begins 15 s after the count. Targets are about the difference.',
    ],
    head: ['the extension host', 'without', 'with'],
    rows: [
      both('resident memory', (use) => use.megabytes, megabytesInWords),
      both('processor, idle', ({ share }) => share, percentInWords),
    ],
    targets: [
      { text: 'install to the first correct count ≤ 5 s', measured: duration(ms), met: ms <= mostInstallMs },
      {
        text: `memory of the extension ≤ ${mostMegabytes} MB`,
        measured: megabytesInWords(memory),
        met: memory <= mostMegabytes,
      },
      { text: 'idle processor time of the extension 0 %', measured: percentInWords(share), met: share < mostIdleShare },
    ],
    failures: [],
  };
}

function megabytesInWords(megabytes: number): string {
  return `${megabytes.toFixed(0)} MB`;
}

function percentInWords(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** What the counter is to show of the last 30 days, by the command, which forgets it again. */
function tokensOfMonth({ home }: CorpusHome): number {
  const since = new Date(Date.now() - 29 * 86_400_000).toISOString().slice(0, 10);
  ours.forget(home);
  const env = { HOME: home, PATH: process.env.PATH ?? '', TZ: 'UTC' };
  const { input, output, cacheRead, cacheWrite } = JSON.parse(
    timedRun([...ours.command(home), '--since', since, '--timezone', 'UTC'], env).stdout,
  ).totals;
  ours.forget(home);
  return input + output + cacheRead + cacheWrite;
}

async function installed(logs: string, vsix: string, text: string): Promise<Installed> {
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
  const [home, wishes] = [join(temporary, 'home'), join(temporary, 'wishes')];
  for (const folder of [home, wishes]) mkdirSync(folder);
  symlinkSync(join(logs, '.claude'), join(home, '.claude'));
  const script = join(import.meta.dirname, '../workbench/install-when-asked.cjs');
  const companion = await packagePreloading(join(temporary, 'installer'), 'installer', script);
  const workbench = await openWorkbench({
    ...{ name: 'install-times', home, companion, env: { TZ: 'UTC', TOKENBOARD_TEST_INSTALLS: wishes } },
    settings: { 'tokenboard.statusBar.period': '30days' },
  });
  try {
    const pid = join(wishes, 'pid');
    for (const end = Date.now() + 60_000; !existsSync(pid); await sleep(100))
      if (Date.now() > end) throw new Error('VS Code has not started its extension host.');
    const host = Number(readFileSync(pid, 'utf8'));
    await sleep(calmMs);
    const before = await useOf(host, idleMs);
    const ms = await millisecondsUntilShown(workbench.page, text, () =>
      writeFileSync(join(wishes, 'wish'), vsix),
    ).catch((error: unknown) => {
      const problem = join(wishes, 'problem');
      throw existsSync(problem) ? new Error(readFileSync(problem, 'utf8'), { cause: error }) : error;
    });
    await sleep(calmMs);
    return { ms, before, after: await useOf(host, idleMs) };
  } finally {
    await workbench.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
