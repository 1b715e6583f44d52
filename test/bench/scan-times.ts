import { say } from '../workbench/say.ts';
import { type CorpusHome, corpusHome } from './corpus-home.ts';
import { type Counted, ours, peers, type TokenCounter } from './counters.ts';
import { duration, median, rotated } from './medians.ts';
import type { BenchOptions } from './options.ts';
import type { Section, Target } from './section.ts';
import { type TimedRun, timedRun } from './timed-run.ts';

const situations = ['cold', 'nothing new', 'one line more'] as const;
type Situation = (typeof situations)[number];
type Runs = Readonly<Record<Situation, TimedRun[]>>;

/** Times a scan of the corpus, by all counters in turn, and checks that they find the same. */
export async function scanTimes({ megabytes, runs }: BenchOptions): Promise<Section> {
  const home = await corpusHome(megabytes);
  const counters = [ours, ...(await peers())];
  const failures = new Set<string>();
  const times = new Map(counters.map((counter) => [counter, newRuns()]));
  const cat: number[] = [];
  const { corpus } = home;
  let expected: Counted = { ...corpus };

  function measure(counter: TokenCounter, situation: Situation): void {
    const run = timedRun(counter.command(home.home), { ...environment(home), ...counter.env });
    times.get(counter)?.[situation].push(run);
    const wrong = difference(counter.counted(run.stdout), expected);
    if (wrong !== '') failures.add(`${counter.name}, ${situation}: ${wrong}`);
  }

  try {
    readAll(home);
    for (let round = 0; round < runs; round++) {
      say(`  scans: round ${round + 1} of ${runs}`);
      const turn = rotated(counters, round);
      cat.push(readAll(home));
      for (const counter of turn) {
        counter.forget(home.home);
        measure(counter, 'cold');
        measure(counter, 'nothing new');
      }
      const more = home.append();
      expected = {
        ...expected,
        input: expected.input + more.input,
        output: expected.output + more.output,
        requests: (expected.requests ?? 0) + 1,
      };
      for (const counter of turn) measure(counter, 'one line more');
    }
  } finally {
    home.restore();
    for (const counter of counters) counter.forget(home.home);
  }
  return sectionOf(home, counters, times, median(cat), [...failures]);
}

function newRuns(): Runs {
  return { cold: [], 'nothing new': [], 'one line more': [] };
}

function environment({ home }: CorpusHome): Record<string, string> {
  return { HOME: home, PATH: process.env.PATH ?? '', TZ: 'UTC' };
}

/** Reads all transcripts and does nothing with them, in milliseconds. */
function readAll(home: CorpusHome): number {
  const script = `find "$HOME/.claude" -name '*.jsonl' -exec cat {} + > /dev/null`;
  return timedRun(['sh', '-c', script], environment(home)).ms;
}

function difference(found: Counted, expected: Counted): string {
  return (Object.keys(found) as (keyof Counted)[])
    .filter((name) => found[name] !== undefined && found[name] !== expected[name])
    .map((name) => `${found[name]} ${name} for ${expected[name]}`)
    .join(', ');
}

function sectionOf(
  { corpus, sessionBytes }: CorpusHome,
  counters: readonly TokenCounter[],
  times: ReadonlyMap<TokenCounter, Runs>,
  catMs: number,
  failures: readonly string[],
): Section {
  const msOf = (counter: TokenCounter, situation: Situation): number =>
    median(times.get(counter)?.[situation].map(({ ms }) => ms) ?? []);
  const ratio = (ms: number, situation: Situation): string => `${(ms / msOf(ours, situation)).toFixed(1)}×`;
  const row = (situation: Situation, title: string): readonly string[] => [
    title,
    ...counters.flatMap((counter) => {
      const ms = msOf(counter, situation);
      return counter === ours ? [duration(ms)] : [duration(ms), ratio(ms, situation)];
    }),
    ...(situation === 'cold' ? [duration(catMs), ratio(catMs, situation)] : ['', '']),
  ];
  const peakOf = (counter: TokenCounter): number => {
    const runs = situations.flatMap((situation) => times.get(counter)?.[situation] ?? []);
    return Math.max(...runs.map(({ peakMB }) => peakMB ?? Number.NaN));
  };
  const peak = (counter: TokenCounter): string => (peakOf(counter) > 0 ? `${peakOf(counter).toFixed(0)} MB` : '–');
  const requests = corpus.requests.toLocaleString('en-US');
  return {
    title: `A scan of ${(corpus.bytes / 1e6).toFixed(0)} MB of transcripts`,
    about: [
      `${corpus.files} files of Claude Code with ${requests} requests, in the system's file cache. Each program is a process of`,
      `its own, timed from start to end; × is its time over Tokenboard's. ccusage keeps nothing between runs. The line is`,
      `appended to a transcript of ${(sessionBytes / 1e6).toFixed(1)} MB. ${failures.length === 0 ? 'All count the same tokens of each kind, which are those that the corpus was made of.' : 'Not all count the same.'}`,
    ],
    head: ['', ...counters.flatMap(({ name }) => (name === ours.name ? [name] : [name, '×'])), 'cat', '×'],
    rows: [
      row('cold', 'cold: nothing kept from before'),
      row('nothing new', 'nothing new'),
      row('one line more', 'one line more'),
      [
        'most memory',
        ...counters.flatMap((counter) => (counter === ours ? [peak(counter)] : [peak(counter), ''])),
        '',
        '',
      ],
    ],
    targets: targetsOf(counters, msOf, catMs, peakOf(ours)),
    failures,
  };
}

function targetsOf(
  counters: readonly TokenCounter[],
  msOf: (counter: TokenCounter, situation: Situation) => number,
  catMs: number,
  peakMB: number,
): readonly Target[] {
  const others = counters.filter((counter) => counter !== ours);
  const fasterPeer = Math.min(...others.map((counter) => msOf(counter, 'cold'))) / msOf(ours, 'cold');
  const tokscale = others.find(({ name }) => name.startsWith('tokscale'));
  const warm = tokscale === undefined ? Number.NaN : msOf(tokscale, 'nothing new') / msOf(ours, 'nothing new');
  const times = (number: number): string => `${number.toFixed(1)} times`;
  const againstPeers: readonly Target[] = [
    { text: 'cold scan ≥ 2.5 times as fast as the faster peer', measured: times(fasterPeer), met: fasterPeer >= 2.5 },
    { text: 'nothing new ≥ 4 times as fast as tokscale', measured: times(warm), met: warm >= 4 },
  ];
  const toCat = msOf(ours, 'cold') / catMs;
  const [nothing, line] = [msOf(ours, 'nothing new'), msOf(ours, 'one line more')];
  return [
    ...(others.length > 0 ? againstPeers : []),
    { text: 'cold scan ≤ 6 times `cat`', measured: times(toCat), met: toCat <= 6 },
    {
      text: 'peak memory ≤ 200 MB',
      measured: peakMB > 0 ? `${peakMB.toFixed(0)} MB` : 'not measured',
      met: peakMB <= 200,
    },
    { text: 'nothing new ≤ 150 ms', measured: duration(nothing), met: nothing <= 150 },
    { text: 'one appended line ≤ 200 ms', measured: duration(line), met: line <= 200 },
  ];
}
