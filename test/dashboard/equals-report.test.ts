import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Amounts } from '../../src/dashboard/protocol/amounts.ts';
import type { ChartSplit, ChartView } from '../../src/dashboard/protocol/chart.ts';
import type { Filter, Period, Scope } from '../../src/dashboard/protocol/scope.ts';
import type { ListKind } from '../../src/dashboard/protocol/sessions.ts';
import { tallies } from '../../src/ledger/tallies.ts';
import { listPriceUSD } from '../../src/stats/list-price.ts';
import { type Dimension, type Filters, report } from '../../src/stats/report.ts';
import { addDays, zoneOf } from '../../src/usage/days.ts';
import { normalModelId } from '../../src/usage/model-id.ts';
import type { Sums, Tally } from '../../src/usage/tally.ts';
import { totalTokens } from '../../src/usage/usage-event.ts';
import { newHome, runs } from '../ledger/home.ts';
import { count, type Dashboard, dashboardOf, type Request } from './counted.ts';

const dayMs = 86_400_000;
/** In these weeks clocks change in all of these zones but UTC. */
const now = Date.UTC(2026, 3, 6, 13, 20);
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo'];
const models = [
  'claude-opus-4-6',
  'claude-sonnet-4-5-20250929',
  'anthropic/claude-sonnet-4.5',
  'gpt-5.1-codex',
  'mystery',
];
const projects = ['/home/me/app', '/home/me/work/app', '/home/me/other', ''];
const branches = ['main', 'feature/a', ''];
const tools = ['claude-code', 'codex', 'opencode'] as const;

/** Of the clocks of these zones. */
const changes = fc
  .constantFrom('2026-03-08T07:00Z', '2026-03-29T01:00Z', '2026-04-04T15:00Z')
  .map((iso) => Date.parse(iso));
const amount = fc.oneof(fc.nat(500), fc.nat(300_000));
const requests = fc.array(
  fc.record({
    time: fc.oneof(
      fc.integer({ min: now - 100 * dayMs, max: now }),
      fc.integer({ min: now - 10 * dayMs, max: now }),
      fc.integer({ min: now - 900 * dayMs, max: now }),
      changes.chain((time) => fc.integer({ min: time - dayMs / 2, max: time + dayMs / 2 })),
    ),
    tool: fc.constantFrom(...tools),
    model: fc.constantFrom(...models),
    project: fc.constantFrom(...projects),
    branch: fc.constantFrom(...branches),
    session: fc.constantFrom('a', 'b', 'c', 'd'),
    subagent: fc.boolean(),
    estimated: fc.boolean(),
    tokens: fc.record({
      input: amount,
      output: fc.integer({ min: 1, max: 9000 }),
      cacheRead: amount,
      cacheWrite5m: amount,
    }),
  }),
  { minLength: 1, maxLength: 150 },
) satisfies fc.Arbitrary<Request[]>;

const day = fc.integer({ min: -400, max: 0 }).map((days) => addDays('2026-04-06', days));
const period: fc.Arbitrary<Period> = fc.oneof(
  fc
    .constantFrom<Period['kind']>('today', '7d', '30d', '90d', 'month', 'year', 'all')
    .map((kind) => ({ kind }) as Period),
  fc.record({ kind: fc.constant('range' as const), since: day, until: day }),
  fc
    .constantFrom('2026-03-29', '2026-03-08', '2026-04-05')
    .map((since) => ({ kind: 'range' as const, since, until: since })),
);
const some = <Value>(values: readonly Value[]) => fc.option(fc.subarray([...values]), { nil: undefined });
const filter = fc
  .record({
    tools: some(tools),
    models: some(models.map(normalModelId)),
    projects: some(projects),
    branches: some(branches),
  })
  .map((lists) => Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined)) as Filter);

function filtersOf({ tools, models, projects, branches }: Filter): Filters {
  const within = (list: readonly string[] | undefined) => (value: string) =>
    list === undefined || list.length === 0 || list.includes(value);
  return { tool: within(tools), model: within(models), project: within(projects), branch: within(branches) };
}

/** What `tokenboard report --json` says, in the dashboard's words. */
function said(sums: Sums): Omit<Amounts, 'cacheShare'> {
  const usd = listPriceUSD(sums);
  return {
    tokens: totalTokens(sums),
    fresh: totalTokens(sums) - sums.cacheRead,
    input: sums.input,
    output: sums.output,
    cacheWrite: sums.cacheWrite5m + sums.cacheWrite1h,
    cacheRead: sums.cacheRead,
    reasoning: sums.reasoning,
    requests: sums.events,
    costNanoUSD: usd === null ? null : Math.round(usd * 1e9),
    unpricedTokens: sums.unpricedTokens,
    estimatedTokens: sums.estimatedTokens,
  };
}

function shown({ cacheShare: _, ...amounts }: Amounts): Omit<Amounts, 'cacheShare'> {
  return amounts;
}

interface Ask {
  readonly dashboard: Dashboard;
  readonly scope: Scope;
  by(...dimensions: Dimension[]): readonly { readonly keys: readonly string[]; readonly sums: Sums }[];
  readonly totals: Sums;
}

async function eachScope(
  zoneName: string,
  made: readonly Request[],
  scopes: readonly Scope[],
  check: (ask: Ask) => Promise<void>,
) {
  const home = newHome();
  const ledger = home.open();
  await count(ledger, now, made);
  const dashboard = dashboardOf(home, now, { zone: zoneName });
  const zone = zoneOf(zoneName);
  const all = tallies(ledger).map((tally): Tally => ({ ...tally, model: normalModelId(tally.model) }));
  for (const scope of scopes) {
    const { span } = await dashboard.answer({ ask: 'overview', scope });
    const from = zone.startOfDay(span.since) / 900_000;
    const to = zone.startOfDay(addDays(span.until, 1)) / 900_000;
    const within = all.filter(({ quarter }) => quarter >= from && quarter < to);
    const filters = filtersOf(scope.filter);
    await check({
      dashboard,
      scope,
      by: (...by) => report(within, { by, zone, filters }).rows,
      totals: report(within, { by: [], zone, filters }).totals,
    });
  }
  dashboard.close();
  home.close();
}

const cases = fc.record({
  zone: fc.constantFrom(...zones),
  made: requests,
  scopes: fc.array(fc.record({ period, filter }), { minLength: 4, maxLength: 4 }),
});

/** Tokens by weekday and hour. */
function gridOf(hours: ReturnType<Ask['by']>): number[][] {
  const grid = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { keys, sums } of hours) {
    const [name = ''] = keys;
    const row = grid[(new Date(`${name.slice(0, 10)}T00:00Z`).getUTCDay() + 6) % 7] ?? [];
    const hour = Number(name.slice(11, 13));
    row[hour] = (row[hour] ?? 0) + totalTokens(sums);
  }
  return grid;
}

const zero = { tokens: 0, fresh: 0, cost: 0, requests: 0 };

/** Sums of a chart by the name of a bin. */
function binSums({ bins, series }: ChartView): Map<string, typeof zero> {
  const sums = new Map<string, typeof zero>();
  bins.forEach(({ name }, index) => {
    const sum = { ...(sums.get(name) ?? zero) };
    for (const one of series) {
      for (const metric of ['tokens', 'fresh', 'cost', 'requests'] as const) sum[metric] += one[metric][index] ?? 0;
    }
    sums.set(name, sum);
  });
  return sums;
}

describe('the figures of the dashboard', () => {
  it('equal those of the report, for the same days and filters', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(cases, async ({ zone, made, scopes }) => {
        await eachScope(zone, made, scopes, async ({ dashboard, scope, by, totals }) => {
          const overview = await dashboard.answer({ ask: 'overview', scope });
          assert.deepEqual(shown(overview.amounts), said(totals));
          assert.equal(overview.activeDays, by('day').length);
          const expected = new Map(by('model').map(({ keys, sums }) => [keys[0], said(sums)]));
          for (const row of overview.models.rows) assert.deepEqual(shown(row.amounts), expected.get(row.id));
          assert.equal(overview.models.rows.length + (overview.models.more?.count ?? 0), expected.size);
          const parts = [...overview.projects.rows, ...(overview.projects.more ? [overview.projects.more] : [])];
          assert.equal(
            parts.reduce((sum, { amounts }) => sum + amounts.tokens, 0),
            overview.amounts.tokens,
          );
          assert.deepEqual(overview.when.grid, gridOf(by('hour')));
          const days = new Map(by('day').map(({ keys, sums }) => [keys[0], totalTokens(sums)]));
          if (scope.period.kind === 'all') {
            for (const { day, tokens } of overview.calendar.days) assert.equal(tokens, days.get(day) ?? 0);
          }
        });
      }),
      runs(40),
    );
  });

  it('equal those of the report in every chart, bin by bin', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        cases,
        fc.constantFrom<ChartSplit>('tool', 'model', 'project', 'kind', 'account'),
        async (one, split) => {
          await eachScope(one.zone, one.made, one.scopes, async ({ dashboard, scope, by }) => {
            const chart = await dashboard.answer({ ask: 'chart', scope, split });
            const expected = new Map<string, typeof zero>();
            for (const { keys, sums } of by(chart.grain)) {
              const name = (keys[0] ?? '').slice(0, 16).replace('T', ' ');
              const before = expected.get(name) ?? zero;
              expected.set(name, {
                tokens: before.tokens + totalTokens(sums),
                fresh: before.fresh + totalTokens(sums) - sums.cacheRead,
                cost: before.cost + sums.costNanoUSD,
                requests: before.requests + (split === 'kind' ? 0 : sums.events),
              });
            }
            const drawn = [...binSums(chart)].filter(([, sum]) => sum.tokens > 0);
            assert.deepEqual(new Map(drawn), expected);
            assert.ok(chart.series.length <= 5);
            if (split !== 'kind') {
              const totals = chart.series.map(({ tokens }) => tokens.reduce((sum, value) => sum + value, 0));
              const named = totals.slice(0, 4);
              assert.deepEqual(
                named,
                named.toSorted((a, b) => b - a),
              );
            }
          });
        },
      ),
      runs(40),
    );
  });

  it('equal those of the report in every list, row by row', async function () {
    this.timeout(120_000);
    const dimension = {
      sessions: ['tool', 'session'],
      projects: ['project'],
      branches: ['project', 'branch'],
    } as const;
    await fc.assert(
      fc.asyncProperty(cases, fc.constantFrom<ListKind>('sessions', 'projects', 'branches'), async (one, list) => {
        await eachScope(one.zone, one.made, one.scopes, async ({ dashboard, scope, by, totals }) => {
          const wish = { list, sort: 'tokens', descending: true, search: '', offset: 0, limit: 200 } as const;
          const view = await dashboard.answer({ ask: 'list', scope, wish });
          assert.deepEqual(shown(view.amounts), said(totals));
          const expected = new Map(by(...dimension[list]).map(({ keys, sums }) => [keys.join('|'), said(sums)]));
          assert.equal(view.count, expected.size);
          for (const row of view.rows) {
            const key = {
              sessions: `${row.tools[0]?.id}|${row.session}`,
              projects: row.project.folder,
              branches: `${row.project.folder}|${row.branches[0] ?? ''}`,
            }[list];
            assert.deepEqual(shown(row.amounts), expected.get(key));
          }
        });
      }),
      runs(40),
    );
  });
});

describe('an export', () => {
  it('has the rows of the report by day, tool, model, project and branch', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(cases, async ({ zone, made, scopes }) => {
        await eachScope(zone, made, scopes, async ({ dashboard, scope, by }) => {
          const text = await dashboard.answer({ ask: 'export', scope, format: 'json' });
          const rows = JSON.parse(text).rows as readonly Record<string, number | string | null>[];
          const names = ['day', 'tool', 'model', 'project', 'branch'] as const;
          const listed = rows.map((row) => [
            names.map((name) => row[name]).join('|'),
            row.tokens,
            row.requests,
            row.costUSD,
          ]);
          const expected = by(...names).map(({ keys, sums }) => [
            keys.join('|'),
            totalTokens(sums),
            sums.events,
            listPriceUSD(sums),
          ]);
          const order = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
          assert.deepEqual(listed.toSorted(order), expected.toSorted(order));
        });
      }),
      runs(20),
    );
  });
});
