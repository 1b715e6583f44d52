import { monitorEventLoopDelay } from 'node:perf_hooks';
import { publishBoards } from '../../src/server/boards/publish.ts';
import { newPolicy } from '../../src/server/policy/new-policy.ts';
import { openPostgresStore } from '../../src/server/store/postgres-store.ts';
import { postgres } from '../server/servers/postgres.ts';
import { say } from '../workbench/say.ts';
import { fillBoard } from './server-people.ts';

/** How long the leader builds the boards of a company, and for how long requests of its process wait meanwhile. */
const [members = 85_000, teams = 1000] = process.argv.slice(2).map(Number);
const now = Date.parse('2026-11-20T12:00Z');
const dayMs = 86_400_000;
const policy = newPolicy(
  {
    purpose: 'To measure',
    organisation: 'Bench',
    contact: null,
    worksAgreement: null,
    usedForPay: false,
    cadence: 'daily',
    k: 5,
    topN: 250,
    quiet: false,
    metrics: ['fresh', 'tokens', 'cost', 'cacheShare', 'activeDays', 'models'],
    defaultMetric: 'fresh',
    budget: null,
  },
  1,
  now,
);
const url = await (await postgres()).database();
const store = await openPostgresStore({ url });
const org = await fillBoard(url, store, policy, { members, teams, days: 30, now });
say(`${members} members in ${teams} teams, 30 days each, on PostgreSQL`);
for (const day of [0, 1]) {
  const time = now + day * dayMs;
  const refreshed = await timed(async () => {
    const order = { org, today: new Date(time).toISOString().slice(0, 10), limit: 2000 };
    for (let left = 1; left > 0; ) ({ left } = await store.refreshWindows(order));
    return 1;
  });
  say(`day ${day}: windows added up: ${refreshed.text}`);
  const published = await timed(() => publishBoards({ store, org, policy, now: time }));
  say(`day ${day}: ${published.outcome} snapshots published: ${published.text}`);
}
await store.close();

async function timed(work: () => Promise<number>): Promise<{ readonly outcome: number; readonly text: string }> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const began = performance.now();
  const outcome = await work();
  delay.disable();
  const [ms, wait, rss] = [performance.now() - began, delay.max / 1e6, process.memoryUsage.rss() / 1e6];
  const cpu = process.cpuUsage().user / 1e6;
  return {
    outcome,
    text: `${(ms / 1000).toFixed(1)} s, longest wait ${wait.toFixed(0)} ms, ${rss.toFixed(0)} MB, CPU so far ${cpu.toFixed(1)} s`,
  };
}
