import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type OtherMachines, type OtherRow, untoldModel } from '../../src/dashboard/protocol/machines.ts';
import type { Scope } from '../../src/dashboard/protocol/scope.ts';
import { newHome } from '../ledger/home.ts';
import { counting, type Request } from './counted.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Tuesday. */
const now = Date.UTC(2026, 4, 12, 13, 30);
const week: Scope = { period: { kind: '7d' }, filter: {} };
const all = { machines: 'all' } as const;

function row(changes: Partial<OtherRow> = {}): OtherRow {
  return {
    ...{ day: '2026-05-11', tool: 'claude-code', model: 'claude-sonnet-4-5' },
    ...{ input: 10, output: 20, cacheRead: 300, cacheWrite: 40, cacheWrite1h: 15, reasoning: 5, requests: 2 },
    ...{ microUSD: 1500, unpricedTokens: 0, estimatedTokens: 0 },
    ...changes,
  };
}

function told(rows: readonly OtherRow[]): OtherMachines {
  const days = rows.map(({ day }) => day).toSorted();
  return { machines: 1, rows, since: days[0], until: days.at(-1), at: now - 60_000, offline: undefined };
}

const here: readonly Request[] = [
  { time: now - hourMs, tokens: { input: 1, output: 2 }, project: '/home/me/app' },
  { time: now - dayMs, tokens: { output: 30, cacheRead: 400 }, project: '/home/me/app' },
  { time: now - 3 * dayMs, tokens: { input: 7 }, tool: 'codex', model: 'gpt-5', project: '/home/me/site' },
];

describe('all machines of a person', () => {
  it('are the sum of this one and of what the others have told, each part of it as well', async () => {
    const dashboard = await counting(newHome(), now, here);
    const rows = [
      row(),
      row({ day: '2026-05-10', tool: 'gemini-cli', model: untoldModel, estimatedTokens: 100, unpricedTokens: 100 }),
      row({ day: '2026-05-01', output: 1_000_000 }),
    ];
    dashboard.addOthers(told(rows));
    const mine = await dashboard.answer({ ask: 'overview', scope: week });
    const both = await dashboard.answer({ ask: 'overview', scope: week, ...all });
    assert.equal(mine.elsewhere, undefined);
    assert.equal(mine.amounts.tokens, 3 + 430 + 7);
    assert.equal(both.amounts.tokens, mine.amounts.tokens + 2 * 370, 'the days of the week, and no others');
    assert.equal(both.elsewhere?.tokens, 2 * 370);
    assert.equal(both.amounts.fresh, mine.amounts.fresh + 2 * 70);
    const { input, output, cacheWrite, cacheRead } = both.amounts;
    assert.equal(input + output + cacheWrite + cacheRead, both.amounts.tokens);
    assert.equal(both.amounts.requests, mine.amounts.requests + 4);
    assert.equal(both.amounts.estimatedTokens, 100);
    assert.equal(both.amounts.unpricedTokens, mine.amounts.unpricedTokens + 100);
    assert.equal(both.amounts.costNanoUSD, (mine.amounts.costNanoUSD ?? 0) + 2 * 1_500_000);
    assert.equal(both.activeDays, 4);
    assert.equal(
      both.models.rows.reduce((sum, { amounts }) => sum + amounts.tokens, both.models.more?.amounts.tokens ?? 0),
      both.amounts.tokens,
    );
    assert.deepEqual(
      both.models.rows.map(({ id, amounts }) => [id, amounts.tokens]),
      [
        ['claude-sonnet-4-5', 803],
        [untoldModel, 370],
        ['gpt-5', 7],
      ],
    );
  });

  it('leave to this machine what only it can know', async () => {
    const dashboard = await counting(newHome(), now, here);
    dashboard.addOthers(told([row({ output: 9_000_000 })]));
    const mine = await dashboard.answer({ ask: 'overview', scope: week });
    const both = await dashboard.answer({ ask: 'overview', scope: week, ...all });
    for (const part of ['projects', 'when', 'calendar', 'records', 'forecast', 'limits', 'budgets'] as const) {
      assert.deepEqual(both[part], mine[part], part);
    }
    assert.equal(both.before, undefined, 'the others’ week before is not known');
    assert.deepEqual(await dashboard.answer({ ask: 'overview', scope: week }), mine, 'nothing sticks');
  });

  it('are in the chart by tool, model and kind of token, on the days that they tell of', async () => {
    const dashboard = await counting(newHome(), now, here, { zone: 'America/Los_Angeles' });
    dashboard.addOthers(told([row(), row({ day: '2026-05-08', tool: 'codex', model: 'gpt-5' })]));
    for (const split of ['tool', 'model', 'kind', 'project', 'account'] as const) {
      const mine = await dashboard.answer({ ask: 'chart', scope: week, split });
      const both = await dashboard.answer({ ask: 'chart', scope: week, split, ...all });
      const day = (view: typeof mine, name: string): number => {
        const bin = view.bins.findIndex((one) => one.name === name);
        return view.series.reduce((sum, series) => sum + (series.tokens[bin] ?? 0), 0);
      };
      for (const { name } of mine.bins) {
        const more = name === '2026-05-11' || name === '2026-05-08' ? 370 : 0;
        assert.equal(day(both, name), day(mine, name) + more, `${split} ${name}`);
      }
      const cost = (view: typeof mine): number =>
        view.series.reduce((sum, series) => sum + series.cost.reduce((all, one) => all + one, 0), 0);
      assert.equal(cost(both), cost(mine) + 3_000_000, split);
      const named = both.series.some(({ id }) => id === 'elsewhere');
      assert.equal(named, split === 'project' || split === 'account', split);
    }
  });

  it('have no hours but this machine’s', async () => {
    const dashboard = await counting(newHome(), now, here);
    dashboard.addOthers(told([row({ day: '2026-05-12' })]));
    const today: Scope = { period: { kind: 'today' }, filter: {} };
    const mine = await dashboard.answer({ ask: 'chart', scope: today, split: 'tool' });
    const both = await dashboard.answer({ ask: 'chart', scope: today, split: 'tool', ...all });
    assert.deepEqual(both, { ...mine, hoursOfOthers: false });
    assert.equal((await dashboard.answer({ ask: 'overview', scope: today, ...all })).elsewhere?.tokens, 370);
  });

  it('pass the filter by tool and model; one by project is this machine’s alone, and says so', async () => {
    const dashboard = await counting(newHome(), now, here);
    dashboard.addOthers(told([row(), row({ tool: 'codex', model: 'gpt-5' })]));
    const tokens = async (filter: Scope['filter']): Promise<readonly [number, boolean | undefined]> => {
      const { amounts, elsewhere } = await dashboard.answer({ ask: 'overview', scope: { ...week, filter }, ...all });
      return [amounts.tokens, elsewhere?.filteredOut];
    };
    assert.deepEqual(await tokens({ tools: ['codex'] }), [377, false]);
    assert.deepEqual(await tokens({ models: ['claude-sonnet-4-5'] }), [803, false]);
    assert.deepEqual(await tokens({ projects: ['/home/me/app'] }), [433, true]);
    assert.deepEqual(await tokens({ accounts: [''] }), [440, true]);
  });

  it('are compared with the span before where all of both is known', async () => {
    const range: Scope = { period: { kind: 'range', since: '2026-05-09', until: '2026-05-11' }, filter: {} };
    const requests = Array.from({ length: 20 }, (_, day) => ({ time: now - day * dayMs, tokens: { output: 1 } }));
    const dashboard = await counting(newHome(), now, requests);
    dashboard.addOthers(told([row({ day: '2026-05-06' }), row({ day: '2026-05-11' })]));
    const known = await dashboard.answer({ ask: 'overview', scope: range, ...all });
    assert.deepEqual([known.amounts.tokens, known.before?.amounts.tokens], [373, 373]);
    dashboard.addOthers(told([row({ day: '2026-05-07' }), row({ day: '2026-05-11' })]));
    assert.equal((await dashboard.answer({ ask: 'overview', scope: range, ...all })).before, undefined);
  });

  it('are shown where this one has counted nothing', async () => {
    const dashboard = await counting(newHome(), now, []);
    dashboard.addOthers(told([row()]));
    const { empty, amounts } = await dashboard.answer({ ask: 'overview', scope: week, ...all });
    assert.deepEqual([empty, amounts.tokens], [false, 370]);
  });

  it('add up whatever is told, in every zone', async () => {
    const tools = ['claude-code', 'codex', 'cursor'] as const;
    const count = fc.integer({ min: 0, max: 1_000_000 });
    const anyRow = fc.record({
      ago: fc.integer({ min: 0, max: 34 }),
      tool: fc.constantFrom(...tools),
      model: fc.constantFrom('gpt-5', 'claude-sonnet-4-5', 'other'),
      ...{ input: count, output: count, cacheRead: count, cacheWrite: count },
    });
    const zone = fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin', 'Asia/Kolkata');
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 30 }), zone, async (drawn, name) => {
        const dashboard = await counting(newHome(), now, here, { zone: name });
        const rows = drawn.map(({ ago, ...counts }) =>
          row({ ...counts, cacheWrite1h: 0, day: new Date(now - ago * dayMs).toISOString().slice(0, 10) }),
        );
        dashboard.addOthers(told(rows));
        const scope: Scope = { period: { kind: 'range', since: '2026-03-01', until: '2026-05-12' }, filter: {} };
        const mine = await dashboard.answer({ ask: 'overview', scope });
        const both = await dashboard.answer({ ask: 'overview', scope, ...all });
        const of = rows.reduce((sum, one) => sum + one.input + one.output + one.cacheRead + one.cacheWrite, 0);
        assert.equal(both.amounts.tokens, mine.amounts.tokens + of);
        const { series } = await dashboard.answer({ ask: 'chart', scope, split: 'model', ...all });
        const charted = series.reduce((sum, { tokens }) => sum + tokens.reduce((a, b) => a + b, 0), 0);
        assert.equal(charted, both.amounts.tokens);
      }),
      { numRuns: 12 },
    );
  });
});
