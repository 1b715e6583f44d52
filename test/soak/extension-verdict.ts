import { median } from '../bench/medians.ts';
import type { Section, Target } from '../bench/section.ts';
import type { HostSample } from '../workbench/host-probe.ts';
import { type Growth, growthOf } from './extension-growth.ts';
import type { Work } from './extension-work.ts';

/** The folders and files that the system watches, and the folders in the home, at a moment. */
export interface Watched {
  readonly at: number;
  readonly watches: number;
  readonly folders: number;
}

/** All that a soak has seen. */
export interface Soaked {
  readonly work: Work;
  readonly tools: number;
  /** What is not counted as it was written. */
  readonly wrong: readonly string[];
  readonly counter: string;
  readonly expectedCounter: string;
  readonly samples: readonly HostSample[];
  readonly watches: readonly Watched[];
  /** When the dashboard was there. */
  readonly shown: readonly (readonly [from: number, to: number])[];
  readonly began: number;
  readonly ended: number;
}

/** Where nothing is watched, all logs are looked at every 15 s, which takes a while on a busy machine. */
const mostLagMs = 30_000;
/** A thread that has ended gives its memory back a moment later. */
const afterMs = 3000;
/** Growth over the whole time; what is kept for each session and log is small, and the allocator never gives all back. */
const mostHeap = 3e6;
const mostThreadHeap = 3e6;
/**
 * Of resident memory the heaps take more or less room at V8's own choice. Outside them SQLite keeps up to 16 MB of the growing ledger,
 * and the allocator most of what a dashboard or a large scan has once needed.
 */
const mostOutside = 64e6;
/** Files and handles come and go with each scan. */
const mostFiles = 2;
const mostHandles = 2;
/** Beyond the folders that come into being. */
const mostWatches = 5;

export function verdictOn(
  soaked: Soaked,
  { minutes, seed, warmUp }: { readonly minutes: number; readonly seed: string; readonly warmUp: number },
): Section {
  const { work, tools, wrong, counter, expectedCounter, samples, shown, watches, began, ended } = soaked;
  const warm = began + (ended - began) * warmUp;
  const calm = samples.filter(
    ({ at }) => at >= warm && at <= ended && !shown.some(([from, to]) => at >= from && at <= to + afterMs),
  );
  const course = (thread: string, figure: (sample: HostSample) => number): Growth =>
    growthOf(calm.filter((sample) => sample.thread === thread).map((sample) => [sample.at, figure(sample)]));
  const handles = ({ handles }: HostSample): number => Object.values(handles).reduce((sum, count) => sum + count, 0);
  const host = course('host', ({ heap }) => heap);
  const scanner = course('scanner.js', ({ heap }) => heap);
  const resident = course('host', ({ rss }) => rss);
  const outside = course('host', (sample) => sample.rss - sample.committed - roomOfScanner(samples, sample.at));
  const files = course('host', ({ files }) => files);
  const [kept, keptByScanner] = [course('host', handles), course('scanner.js', handles)];
  const watching = (figure: (watched: Watched) => number): Growth =>
    growthOf(watches.filter(({ at }) => at >= warm && at <= ended).map((watched) => [watched.at, figure(watched)]));
  const delays = samples.flatMap(({ at, delays }) =>
    delays === undefined || at < began || at > ended ? [] : [delays],
  );
  const lag = (share: number): string => seconds(work.lags[Math.floor((work.lags.length - 1) * share)] ?? Number.NaN);
  const bounded = (text: string, { growth, points }: Growth, most: number, words: (n: number) => string): Target => ({
    text: `${text} by at most ${words(most)} after a warm-up`,
    measured: `${words(growth)}, by ${points} looks`,
    met: points >= 5 && growth <= most,
  });
  return {
    title: `Two hours of work with ${tools} tools, in ${minutes} minutes`,
    about: [
      `The packaged extension in VS Code for the browser, seed ${seed}. ${work.sessions} sessions of ${work.records} records; ${work.cutDown} logs were cut down`,
      `and ${work.removed} thrown away once they were counted; the dashboard was opened and closed ${shown.length} times. Memory is what is left after a`,
      `collection of garbage, while no dashboard is open; first and last are medians of the first and last third after a warm-up of`,
      `${warmUp * 100} %. A session was wholly counted ${lag(0.5)} after its last line (median; ${lag(0.95)} for 95 %, ${lag(1)} at most). In steps of some seconds,`,
      `the event loop of the host was late by ${ms(median(delays.map(({ p50 }) => p50)))} (median), ${ms(median(delays.map(({ p99 }) => p99)))} (99 %) and ${ms(Math.max(...delays.map(({ max }) => max)))} at most.`,
    ],
    head: ['', 'first', 'last', 'growth'],
    rows: [
      row('heap of the extension host', host, megabytes),
      row('heap of the scanner thread', scanner, megabytes),
      row('resident memory of the host and its threads', resident, megabytes),
      row('of that, what is no room of these two heaps', outside, megabytes),
      row('open files of the host', files, whole),
      row('handles of the host', kept, whole),
      row('handles of the scanner thread', keptByScanner, whole),
      row(
        'watched folders and files, VS Code’s own too',
        watching((one) => one.watches),
        whole,
      ),
      row(
        'folders in the home',
        watching(({ folders }) => folders),
        whole,
      ),
    ],
    targets: [
      {
        text: 'the ledger holds all that was written, by tool',
        measured: `${wrong.length} tools differ`,
        met: wrong.length === 0,
      },
      {
        text: 'the counter shows the whole',
        measured: `${counter} for ${expectedCounter}`,
        met: counter === expectedCounter,
      },
      {
        text: `a session is wholly counted ${seconds(mostLagMs)} after its last line at the latest`,
        measured: lag(1),
        met: (work.lags.at(-1) ?? 0) <= mostLagMs,
      },
      bounded('the heap of the host grows', host, mostHeap, megabytes),
      bounded('the heap of the scanner thread grows', scanner, mostThreadHeap, megabytes),
      bounded('memory outside the heaps grows', outside, mostOutside, megabytes),
      bounded('the number of open files grows', files, mostFiles, whole),
      bounded('the number of handles grows', sumOf(kept, keptByScanner), mostHandles, whole),
      bounded(
        'the number of watches beyond the folders grows',
        watching((one) => one.watches - one.folders),
        mostWatches,
        whole,
      ),
    ],
    failures: wrong,
  };
}

/** What the scanner's heap took up when last looked at. */
function roomOfScanner(samples: readonly HostSample[], at: number): number {
  return samples.findLast((sample) => sample.thread === 'scanner.js' && sample.at <= at)?.committed ?? 0;
}

function sumOf(a: Growth, b: Growth): Growth {
  const points = Math.min(a.points, b.points);
  return { first: a.first + b.first, last: a.last + b.last, growth: a.growth + b.growth, points };
}

function row(title: string, { first, last, growth }: Growth, words: (value: number) => string): readonly string[] {
  return [title, words(first), words(last), words(growth)];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function whole(count: number): string {
  return count.toFixed(1).replace(/\.0$/, '');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`;
}
