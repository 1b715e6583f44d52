import assert from 'node:assert/strict';
import type { DashboardSettings } from '../../src/dashboard/protocol/settings.ts';
import { budgetNews, runningBudgets } from '../../src/editor/budget-news.ts';
import { readBudgets } from '../../src/editor/budget-settings.ts';
import { noSums } from '../../src/stats/sums.ts';

const now = Date.parse('2026-05-12T12:00Z');
const t = (message: string, ...values: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));

function settings(budgets: readonly unknown[], more: Partial<DashboardSettings> = {}): DashboardSettings {
  return {
    ...{ zone: 'UTC', locale: 'en', costSource: 'list', withoutTools: ['cline'], billing: {}, accounts: [] },
    ...{ estimates: false, allowance: undefined, badgeToasts: true },
    budgets: readBudgets(budgets, '/home/me', assert.fail),
    ...more,
  };
}

function news(setting: Readonly<Record<string, unknown>>, tokens: number, at = now) {
  const running = runningBudgets(settings([{ per: 'month', unit: 'tokens', amount: '50M', ...setting }]), at);
  return budgetNews(running, [{ ...noSums(), output: tokens, costNanoUSD: tokens * 1000 }], 'list', t);
}

describe('what is asked for a budget', () => {
  it('is its period, its tool and its project, without what is switched off', () => {
    const [running] = runningBudgets(settings([{ per: 'week', unit: 'usd', amount: 1, tool: 'codex' }]), now);
    assert.deepEqual(running?.wish, {
      since: Date.parse('2026-05-11T00:00Z'),
      until: Date.parse('2026-05-18T00:00Z'),
      tool: 'codex',
      project: undefined,
      withoutTools: ['cline'],
      estimates: false,
    });
  });

  it('is the allowance’s year for the allowance', () => {
    const [running] = runningBudgets(settings([], { allowance: { unit: 'usd', amount: 1, startMonth: 4 } }), now);
    assert.equal(running?.wish.since, Date.parse('2026-04-01T00:00Z'));
  });
});

describe('what is told of a budget', () => {
  const texts = (setting: Readonly<Record<string, unknown>>, tokens: number) =>
    news(setting, tokens).map(({ message }) => message);

  it('is nothing below 80 %, the share from there on, and at 100 % that it is used up', () => {
    assert.deepEqual(texts({}, 39.9e6), []);
    assert.deepEqual(texts({}, 41.2e6), ['82 % of this month’s budget is used: 41.2M of 50M tokens.']);
    assert.deepEqual(texts({}, 49.4e6), ['98 % of this month’s budget is used: 49.4M of 50M tokens.']);
    assert.deepEqual(texts({}, 50e6), ['this month’s budget is used up: 50M of 50M tokens.']);
  });

  it('is money for a budget of money, and names the tool and the project', () => {
    const setting = { per: 'day', unit: 'usd', amount: 20, tool: 'claude-code', project: '~/demo-webshop' };
    assert.deepEqual(texts(setting, 17e6), [
      '85 % of today’s budget for Claude Code, demo-webshop is used: $17 of $20.',
    ]);
  });

  it('has names of its own for each mark, period and budget', () => {
    const names = [
      ...news({}, 41e6),
      ...news({}, 60e6),
      ...news({}, 41e6, Date.parse('2026-06-01T00:00Z')),
      ...news({ amount: '49M' }, 41e6),
      ...news({ tool: 'codex' }, 41e6),
    ].map(({ names }) => names[0]);
    assert.equal(new Set(names).size, 5);
    assert.deepEqual(news({}, 45e6, now + 86_400_000)[0]?.names, news({}, 41e6)[0]?.names);
  });

  it('is 80 % no more once it was 100 %', () => {
    assert.ok(news({}, 60e6)[0]?.names.includes(news({}, 41e6)[0]?.names[0] ?? '?'));
  });
});
