import { join } from 'node:path';
import { say } from '../workbench/say.ts';
import { corpusHome } from './corpus-home.ts';
import { ours } from './counters.ts';
import type { Delays } from './delays.ts';
import type { HostReport } from './host-process.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import type { Section } from './section.ts';
import { timedRun } from './timed-run.ts';

/** Measures how late an extension host's timers are while the scanner thread reads the corpus for the first time. */
export async function hostTimes({ megabytes, runs }: BenchOptions): Promise<Section> {
  const { home, corpus } = await corpusHome(megabytes);
  const env = { HOME: home, PATH: process.env.PATH ?? '', TZ: 'UTC' };
  const reports: HostReport[] = [];
  for (let round = 0; round < runs; round++) {
    say(`  extension host: round ${round + 1} of ${runs}`);
    ours.forget(home);
    const command = [
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'host-process.ts'),
    ];
    reports.push(JSON.parse(timedRun(command, env).stdout));
  }
  ours.forget(home);
  const middle = (figure: (report: HostReport) => number): number => median(reports.map(figure));
  const row = (title: string, when: 'idle' | 'scan'): readonly string[] => [
    title,
    ...(['p50', 'p99', 'max'] as const).map((name: keyof Delays) => duration(middle((report) => report[when][name]))),
    `${middle((report) => (when === 'idle' ? report.idleMB : report.peakMB)).toFixed(0)} MB`,
  ];
  const max = middle(({ scan }) => scan.max);
  const wrong = reports.find(({ events }) => events !== corpus.requests);
  return {
    title: 'The extension host during a first scan',
    about: [
      `A process whose scanner thread reads ${(corpus.bytes / 1e6).toFixed(0)} MB of transcripts in ${duration(middle(({ scanMs }) => scanMs))}, while its main thread`,
      `measures by how much a timer of 1 ms is late. Memory is that of the whole process: before, and at most.`,
    ],
    head: ['', 'p50', 'p99', 'longest', 'memory'],
    rows: [row('idle', 'idle'), row('during the scan', 'scan')],
    targets: [{ text: 'the host is never held up for more than 10 ms', measured: duration(max), met: max <= 10 }],
    failures: wrong === undefined ? [] : [`the scanner thread counted ${wrong.events} requests for ${corpus.requests}`],
  };
}
