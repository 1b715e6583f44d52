import assert from 'node:assert/strict';
import type { OtherRow } from '../../src/dashboard/protocol/machines.ts';
import type { Question } from '../../src/dashboard/protocol/messages.ts';
import { rowId } from '../../src/dashboard/protocol/row-id.ts';
import type { Scope } from '../../src/dashboard/protocol/scope.ts';
import { newHome } from '../ledger/home.ts';
import { counting, type Dashboard, type Request, settings } from './counted.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 4, 12, 13, 30);
const scope: Scope = { period: { kind: 'all' }, filter: {} };
const month: Scope = { period: { kind: '30d' }, filter: {} };

const exact: readonly Request[] = [
  { time: now - 50 * 24 * hour, tokens: { output: 7 } },
  { time: now - 3 * hour, tool: 'copilot-chat', tokens: { input: 300, output: 20 }, model: 'gpt-5' },
  { time: now - hour / 2, tool: 'copilot-chat', tokens: { input: 210_000, output: 20 }, model: 'gpt-5' },
];
/** In the same session as what is exact, in one of its own, and of a tool of its own; enough of it to earn a badge. */
const estimated: readonly Request[] = [
  { time: now - 3 * hour, tool: 'copilot-chat', tokens: { input: 250_000 }, model: 'gpt-5', estimated: true },
  {
    time: now - 2 * hour,
    tool: 'copilot-chat',
    tokens: { input: 4000 },
    model: 'gpt-4.1',
    session: 's2',
    estimated: true,
  },
  {
    ...{ time: now - hour / 3, tool: 'crush', tokens: { input: 1e9 }, session: 's3', estimated: true },
    ...{ project: '/home/me/shop', branch: 'trial', subagent: true, agent: 'a1' },
  },
];

const wish = { sort: 'tokens', descending: true, search: '', offset: 0, limit: 50 } as const;
const session = rowId({ list: 'sessions', tool: 'copilot-chat', session: 's1' });
const branch = rowId({ list: 'branches', project: '/home/me/app', branch: 'main' });
const gone = rowId({ list: 'sessions', tool: 'crush', session: 's3' });

const questions: readonly Question[] = [
  ...[scope, month].map((of) => ({ ask: 'overview', scope: of }) as const),
  ...(['tool', 'model', 'project', 'account', 'kind'] as const).map(
    (split) => ({ ask: 'chart', scope: month, split }) as const,
  ),
  ...(['sessions', 'projects', 'branches'] as const).map(
    (list) => ({ ask: 'list', scope, wish: { ...wish, list } }) as const,
  ),
  ...[session, gone].map((id) => ({ ask: 'session', id }) as const),
  { ask: 'badges' },
  { ask: 'choices', scope },
  { ask: 'export', scope, format: 'csv' },
  { ask: 'export', scope, format: 'json' },
  { ask: 'pullRequest', id: branch },
];

async function answers(dashboard: Dashboard): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  for (const question of questions) found[JSON.stringify(question)] = await dashboard.answer(question);
  const insights = { ask: 'insights', scope: month } as const;
  while ((await dashboard.answer(insights)).filling === true) await new Promise((resolve) => setTimeout(resolve, 5));
  found.insights = await dashboard.answer(insights);
  return found;
}

const budgets = [{ id: 'b', per: 'month', unit: 'tokens', amount: 1000 }] as const;

describe('the dashboard without estimates', () => {
  it('shows in every view what it would if they had never been counted', async () => {
    const off = await counting(newHome(), now, [...exact, ...estimated], { estimates: false, budgets });
    const never = await counting(newHome(), now, exact, { budgets });
    assert.deepEqual(await answers(off), await answers(never));
  });

  it('says so where it explains its figures, and marks nothing', async () => {
    const dashboard = await counting(newHome(), now, [...exact, ...estimated], { estimates: false });
    const { estimates, estimatedTokens, requests, tools } = await dashboard.answer({
      ask: 'explain',
      card: 'tokens',
      scope,
    });
    assert.deepEqual({ estimates, estimatedTokens, requests }, { estimates: false, estimatedTokens: 0, requests: 3 });
    assert.deepEqual(
      tools.map(({ title }) => title),
      ['GitHub Copilot Chat', 'Claude Code'],
    );
  });

  it('comes and goes with the setting', async () => {
    const dashboard = await counting(newHome(), now, [...exact, ...estimated]);
    const shown = async () => {
      const { amounts } = await dashboard.answer({ ask: 'overview', scope: month });
      const { estimates, estimatedTokens } = await dashboard.answer({ ask: 'explain', card: 'tokens', scope: month });
      return [amounts.tokens, amounts.estimatedTokens, estimatedTokens, estimates];
    };
    const all = 210_340 + 1_000_254_000;
    assert.deepEqual(await shown(), [all, 1_000_254_000, 1_000_254_000, true]);
    dashboard.configure({ ...settings, estimates: false });
    assert.deepEqual(await shown(), [210_340, 0, 0, false]);
    dashboard.configure(settings);
    assert.deepEqual(await shown(), [all, 1_000_254_000, 1_000_254_000, true]);
    assert.equal(dashboard.changes(), 2, 'each time the page is told to ask again');
  });

  it('leaves out what other machines tell where any of it is estimated', async () => {
    const dashboard = await counting(newHome(), now, exact, { estimates: false });
    const row: OtherRow = {
      ...{ day: '2026-05-11', tool: 'codex', model: 'gpt-5', input: 10, output: 20, cacheRead: 0, cacheWrite: 0 },
      ...{ cacheWrite1h: 0, reasoning: 0, requests: 1, microUSD: 0, unpricedTokens: 0, estimatedTokens: 0 },
    };
    const rows = [row, { ...row, output: 5000, estimatedTokens: 3000 }];
    dashboard.addOthers({ machines: 1, rows, since: row.day, until: row.day, at: now, offline: undefined });
    const { amounts, elsewhere } = await dashboard.answer({ ask: 'overview', scope: month, machines: 'all' });
    assert.equal(elsewhere?.tokens, 30);
    assert.equal(amounts.tokens, 210_340 + 30);
    assert.equal(amounts.estimatedTokens, 0);
  });
});
