import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Answers, Question } from '../../src/dashboard/protocol/messages.ts';
import type { Period, Scope } from '../../src/dashboard/protocol/scope.ts';
import type { DashboardSettings } from '../../src/dashboard/protocol/settings.ts';
import type {
  DashboardThreadData,
  FromDashboardThread,
  ToDashboardThread,
} from '../../src/dashboard/protocol/thread.ts';
import { say } from '../workbench/say.ts';
import { largeLedger } from './large-ledger.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import type { Section } from './section.ts';

const events = 1_000_000;
const bundled = join(import.meta.dirname, '../../dist/dashboard.js');
const settleMs = 500;
const mostMs = 100;
const mostFirstMs = 150;

const settings: DashboardSettings = {
  zone: 'Europe/Berlin',
  locale: 'en',
  costSource: 'list',
  withoutTools: [],
  estimates: true,
  billing: { 'claude-code': 'subscription' },
  accounts: [{ name: 'work', folders: ['/home/dev/project-1', '/home/dev/project-2'] }],
  budgets: [{ id: 'month', per: 'month', unit: 'usd', amount: 1e12 }],
  allowance: { unit: 'usd', amount: 1e13, startMonth: 4 },
  badgeToasts: true,
};

/** Times the thread of the dashboard with a ledger of a million requests: from its start, and each answer once all is loaded. */
export async function dashboardTimes({ runs }: BenchOptions, script = bundled): Promise<Section> {
  const ledgers = [await largeLedger(events, 90), await largeLedger(events, 3 * 365)];
  const columns: DashboardColumn[] = [];
  for (const { home, days } of ledgers) {
    say(`  the dashboard of ${days} days`);
    columns.push(await dashboardColumn(home, runs, script));
  }
  const titles = [...(columns[0]?.answers.keys() ?? [])];
  const first = Math.max(...columns.map(({ firstMs }) => firstMs));
  const slowest = Math.max(...columns.flatMap(({ answers }) => [...answers.values()]));
  return {
    title: 'The dashboard with 1,000,000 requests',
    about: [
      'The same ledgers. The thread that holds the figures is asked from outside; the times include the way of question and',
      'answer between the threads. The first overview is timed from the start of the thread, all else once all is loaded.',
    ],
    head: ['', ...ledgers.map(({ days }) => `${days} days`)],
    rows: [
      ['thread started, ledger opened, overview of 30 days', ...columns.map(({ firstMs }) => duration(firstMs))],
      ...titles.map((title) => [title, ...columns.map(({ answers }) => duration(answers.get(title) ?? Number.NaN))]),
    ],
    targets: [
      { text: `the first overview ≤ ${mostFirstMs} ms`, measured: duration(first), met: first <= mostFirstMs },
      { text: `each answer ≤ ${mostMs} ms`, measured: duration(slowest), met: slowest <= mostMs },
    ],
    failures: [],
  };
}

/** How long the dashboard's thread takes with a ledger. */
export interface DashboardColumn {
  /** From the start of the thread to its first overview. */
  readonly firstMs: number;
  /** Until all is loaded. */
  readonly loadedMs: number;
  /** Medians by title. */
  readonly answers: ReadonlyMap<string, number>;
}

/** Asks the thread of a home's dashboard everything, in so many threads one after the other. */
export async function dashboardColumn(home: string, runs: number, script = bundled): Promise<DashboardColumn> {
  const firsts: number[] = [];
  const loaded: number[] = [];
  const times = new Map<string, number[]>();
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    const thread = start(script, home);
    await thread.ask({ ask: 'overview', scope: scopeOf('30d') });
    firsts.push(performance.now() - began);
    // Waits until all is loaded.
    const list = await thread.ask({ ask: 'list', scope: scopeOf('all'), wish });
    loaded.push(performance.now() - began);
    const session = list.rows[0]?.id ?? '';
    // What the thread prepares on its own once all is loaded is done.
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    for (const [title, question] of questionsTo(session)) {
      const asked = performance.now();
      await thread.ask(question);
      times.set(title, [...(times.get(title) ?? []), performance.now() - asked]);
    }
    await thread.end();
  }
  return {
    firstMs: median(firsts),
    loadedMs: median(loaded),
    answers: new Map([...times].map(([title, all]) => [title, median(all)])),
  };
}

const wish = { list: 'sessions', sort: 'tokens', descending: true, search: '', offset: 0, limit: 100 } as const;

function scopeOf(kind: Exclude<Period['kind'], 'range'>): Scope {
  return { period: { kind }, filter: {} };
}

/** Each is asked once a thread, so that nothing is answered from memory. */
function questionsTo(session: string): readonly (readonly [string, Question])[] {
  const all = scopeOf('all');
  const filter = { models: ['claude-opus-4-5'], projects: ['/home/dev/project-3', '/home/dev/project-4'] };
  return [
    ['overview of all', { ask: 'overview', scope: all }],
    ['overview of all, filtered', { ask: 'overview', scope: { ...all, filter } }],
    ['overview of today', { ask: 'overview', scope: scopeOf('today') }],
    ['chart of all by tool', { ask: 'chart', scope: all, split: 'tool' }],
    ['chart of all by kind', { ask: 'chart', scope: all, split: 'kind' }],
    ['sessions of 90 days by cost', { ask: 'list', scope: scopeOf('90d'), wish: { ...wish, sort: 'cost' } }],
    ['sessions of all by project', { ask: 'list', scope: all, wish: { ...wish, sort: 'project' } }],
    ['sessions of all, searched', { ask: 'list', scope: all, wish: { ...wish, search: 'opus feature' } }],
    ['branches of all', { ask: 'list', scope: all, wish: { ...wish, list: 'branches' } }],
    ['a session', { ask: 'session', id: session }],
    ['insights of 30 days', { ask: 'insights', scope: scopeOf('30d') }],
    ['choices of all', { ask: 'choices', scope: all }],
    ['explanation of the records', { ask: 'explain', card: 'records', scope: all }],
    ['pull request', { ask: 'pullRequest', id: session }],
  ];
}

interface Thread {
  ask<Asked extends Question>(question: Asked): Promise<Answers[Asked['ask']]>;
  end(): Promise<unknown>;
}

function start(script: string, home: string): Thread {
  const worker = new Worker(script, { workerData: { home } satisfies DashboardThreadData });
  const send = (message: ToDashboardThread): void => worker.postMessage(message);
  const waiting = new Map<number, (message: FromDashboardThread) => void>();
  let id = 0;
  worker.on('message', (message: FromDashboardThread) => {
    if (message.kind !== 'changed') waiting.get(message.id)?.(message);
  });
  send({ kind: 'configure', settings });
  return {
    async ask<Asked extends Question>(question: Asked) {
      id++;
      const answer = new Promise<FromDashboardThread>((resolve) => waiting.set(id, resolve));
      send({ kind: 'question', id, question });
      const message = await answer;
      if (message.kind !== 'answer') throw new Error(message.kind === 'failure' ? message.message : 'no answer');
      return message.answer as Answers[Asked['ask']];
    },
    end: () => worker.terminate(),
  };
}
