import { duration } from './medians.ts';
import type { Section, Target } from './section.ts';
import { type Measured, p, type Scale } from './server-measures.ts';

interface About {
  readonly members: number;
  readonly teams: number;
  readonly scale: Scale;
  readonly measured: Measured;
}

const mostMB = 300;
const rebuildMs = 3000;
const waitMs = 150;

/** What was measured on one store, beside its bounds. */
export function sectionOf(kind: 'sqlite' | 'postgres', { members, teams, scale, measured }: About): Section {
  const { duringBuild, first, again, sync, mostSyncs, peakMB } = measured;
  const most = mostSyncs.took.length / mostSyncs.seconds;
  const targets: Target[] = [
    target(`top 250 at ${scale.reads} a second: p99 at most 40 ms`, p(first, 0.99), 40),
    target(`304 at ${scale.reads} a second: p50 at most 2 ms`, p(again, 0.5), 2),
    target(`sync of 8 cells at ${scale.syncs} a second: p99 at most 150 ms`, p(sync, 0.99), 150),
    {
      text: `sync of 8 cells: at least ${scale.mostSyncs} a second`,
      measured: most.toFixed(0),
      met: most >= scale.mostSyncs,
    },
  ];
  if (kind === 'postgres')
    targets.push(target('all windows of a new day added up in 3 s', measured.rebuildMs, rebuildMs));
  targets.push(
    target('no request waits over 150 ms while windows are added up and boards published', p(duringBuild, 1), waitMs),
  );
  if (peakMB !== undefined) {
    targets.push({ text: 'one process at most 300 MB', measured: `${peakMB.toFixed(0)} MB`, met: peakMB <= mostMB });
  }
  const loads = [
    ['looks at a board during the build', duringBuild],
    ['top 250', first],
    ['304', again],
    ['sync of 8 cells', sync],
    ['sync of 8 cells, 64 at a time', mostSyncs],
  ] as const;
  return {
    title: `${members.toLocaleString('en')} members on ${kind === 'postgres' ? 'PostgreSQL' : 'SQLite'}`,
    about: [
      `${teams} teams, 30 days with two models each, ${scale.signedIn.toLocaleString('en')} of the members signed in.`,
      `Windows were added up in ${duration(measured.rebuildMs)}, all boards published in ${duration(measured.publishMs)}.`,
    ],
    head: ['', 'requests', 'a second', 'p50', 'p99', 'longest'],
    rows: loads.map(([name, load]) => [
      name,
      load.took.length.toLocaleString('en'),
      (load.took.length / load.seconds).toFixed(0),
      ...[0.5, 0.99, 1].map((share) => duration(p(load, share))),
    ]),
    targets,
    failures: loads.flatMap(([name, { unexpected }]) =>
      [...unexpected].map(([status, count]) => `${name}: ${count} answers with ${status}`),
    ),
  };
}

function target(text: string, ms: number, most: number): Target {
  return { text, measured: duration(ms), met: ms <= most };
}
