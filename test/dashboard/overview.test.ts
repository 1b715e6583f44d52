import assert from 'node:assert/strict';
import type { Scope } from '../../src/dashboard/protocol/scope.ts';
import { limitStore } from '../../src/ledger/limits.ts';
import { newHome } from '../ledger/home.ts';
import { counting, dashboardOf, type Request } from './counted.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Tuesday. */
const now = Date.UTC(2026, 4, 12, 13, 30);
const today: Scope = { period: { kind: 'today' }, filter: {} };
const week: Scope = { period: { kind: '7d' }, filter: {} };

function request(ago: number, output: number, more: Partial<Request> = {}): Request {
  return { time: now - ago, tokens: { output }, ...more };
}

describe('the overview', () => {
  it('compares with the same elapsed span before, where the ledger reaches back so far', async () => {
    const dashboard = await counting(newHome(), now, [
      request(1 * hourMs, 10),
      request(dayMs + hourMs, 7),
      // Later on that day than it is now.
      request(dayMs - hourMs, 100),
      request(2 * dayMs, 1),
    ]);
    const overview = await dashboard.answer({ ask: 'overview', scope: today });
    assert.equal(overview.amounts.tokens, 10);
    assert.equal(overview.before?.amounts.tokens, 7);
    assert.equal((await dashboard.answer({ ask: 'overview', scope: week })).before, undefined);
  });

  it('has calendar, streak and records of all time under the filter, whatever the period', async () => {
    const dashboard = await counting(newHome(), now, [
      request(0, 10),
      request(dayMs, 20),
      // Friday: the weekend between does not end the streak.
      request(4 * dayMs, 30, { session: 'long' }),
      request(4 * dayMs - 0.5 * hourMs, 5, { session: 'long' }),
      request(300 * dayMs, 1000, { session: 'old', subagent: true, agent: 'x' }),
      request(300 * dayMs, 1, { session: 'old', subagent: true, agent: 'y' }),
      request(300 * dayMs, 1, { session: 'old', subagent: true }),
      request(300 * dayMs, 1, { session: 'old', tool: 'codex' }),
    ]);
    await dashboard.look();
    const { calendar, records } = await dashboard.answer({ ask: 'overview', scope: today });
    assert.equal(calendar.days.length, 25 * 7 + 2);
    assert.deepEqual(calendar.days.at(-1), { day: '2026-05-12', tokens: 10, level: 1 });
    assert.deepEqual(
      calendar.days.find(({ level }) => level === 4),
      { day: '2026-05-08', tokens: 35, level: 4 },
    );
    assert.deepEqual([calendar.streak, calendar.activeDays], [3, 3]);
    assert.deepEqual(records.bestDay, { day: '2025-07-16', tokens: 1003 });
    assert.deepEqual(records.bestWeek, { monday: '2025-07-14', tokens: 1003 });
    assert.deepEqual(records.longestSession, { tool: 'claude-code', session: 'long', activeMs: 0.75 * hourMs });
    assert.deepEqual(records.mostSubagents, { tool: 'claude-code', session: 'old', count: 3 });
    const codex = await dashboard.answer({ ask: 'overview', scope: { ...today, filter: { tools: ['codex'] } } });
    assert.equal(codex.records.bestDay?.tokens, 1);
  });

  it('has six rows of a ranking and all others together', async () => {
    const models = Array.from({ length: 9 }, (_, index) => request(0, 10 + index, { model: `model-${index}` }));
    const dashboard = await counting(newHome(), now, models);
    const { models: ranking } = await dashboard.answer({ ask: 'overview', scope: today });
    assert.deepEqual(
      ranking.rows.map(({ id }) => id),
      ['model-8', 'model-7', 'model-6', 'model-5', 'model-4', 'model-3'],
    );
    assert.deepEqual([ranking.more?.count, ranking.more?.amounts.tokens], [3, 10 + 11 + 12]);
  });

  it('shows projects by the shortest end that tells them apart, with their busiest branch', async () => {
    const dashboard = await counting(newHome(), now, [
      request(0, 30, { project: '/home/me/acme/app', branch: 'main' }),
      request(0, 50, { project: '/home/me/acme/app', branch: 'feature' }),
      request(0, 20, { project: '/home/me/other/app', branch: '' }),
      request(0, 10, { project: 'C:\\work\\site' }),
      request(0, 5, { project: '' }),
    ]);
    const { projects } = await dashboard.answer({ ask: 'overview', scope: today });
    assert.deepEqual(
      projects.rows.map(({ title, detail }) => [title, detail]),
      [
        ['acme/app', 'feature'],
        ['other/app', undefined],
        ['site', 'main'],
        ['', 'main'],
      ],
    );
  });

  it('says how it is paid, by tool and by account, and mixed where that differs', async () => {
    const dashboard = await counting(
      newHome(),
      now,
      [
        request(0, 1, { project: '/home/me/work/app' }),
        request(0, 1, { project: '/home/me/workshop' }),
        request(0, 1, { project: '/home/me/workshop', tool: 'codex' }),
      ],
      {
        billing: { 'claude-code': 'subscription' },
        accounts: [{ name: 'work', folders: ['/home/me/work/'], billing: 'api' }],
      },
    );
    const paid = async (filter: Scope['filter']) =>
      (await dashboard.answer({ ask: 'overview', scope: { ...today, filter } })).paidBy;
    assert.equal(await paid({}), 'mixed');
    assert.equal(await paid({ accounts: ['work'] }), 'api');
    assert.equal(await paid({ accounts: [''], tools: ['claude-code'] }), 'subscription');
    assert.equal(await paid({ tools: ['codex'] }), undefined);
  });

  it('tells how far budgets and the allowance are used, whatever the scope', async () => {
    const dashboard = await counting(
      newHome(),
      now,
      [
        request(0, 100, { project: '/home/me/app/part' }),
        request(5 * dayMs, 50, { tool: 'codex' }),
        request(60 * dayMs, 7),
      ],
      {
        budgets: [
          { id: 'd', per: 'day', unit: 'tokens', amount: 1000 },
          { id: 'm', per: 'month', unit: 'tokens', amount: 1000, tool: 'codex' },
          { id: 'y', per: 'year', unit: 'tokens', amount: 1000, project: '/home/me/app' },
        ],
        allowance: { unit: 'tokens', amount: 500, startMonth: 5 },
      },
    );
    await dashboard.look();
    const { budgets, allowance } = await dashboard.answer({
      ask: 'overview',
      scope: { ...today, filter: { tools: ['codex'] } },
    });
    assert.deepEqual(
      budgets.map(({ id, used, title }) => [id, used, title]),
      [
        ['d', 100, ''],
        ['m', 50, 'Codex'],
        ['y', 157, 'app'],
      ],
    );
    assert.deepEqual([allowance?.used, allowance?.since, allowance?.until], [150, '2026-05-01', '2027-04-30']);
  });

  it('shows the limits that tools reported, but none of a tool that is switched off', async () => {
    const home = newHome();
    const reading = { kind: 'limit', time: now - hourMs, windowMinutes: 300, usedPercent: 40 } as const;
    const store = limitStore(home.open().database);
    store.add({ ...reading, tool: 'codex', resetsAt: now + hourMs });
    store.add({ ...reading, tool: 'claude-code', resetsAt: now - 1 });
    const limits = async (more: Parameters<typeof dashboardOf>[2]) =>
      (await dashboardOf(home, now, more).answer({ ask: 'overview', scope: today })).limits.map(
        ({ title, label, current, usedPercent, elapsed }) => [title, label, current, usedPercent, elapsed],
      );
    assert.deepEqual(await limits({}), [
      ['Codex', '5h', true, 40, 0.8],
      ['Claude Code', '5h', false, 0, undefined],
    ]);
    assert.deepEqual(await limits({ withoutTools: ['codex', 'claude-code'] }), []);
  });

  it('takes money from the source that the setting chooses', async () => {
    const made = [request(0, 1_000_000, { reportedUSD: 3 }), request(0, 5, { model: 'mystery' })];
    const cost = async (costSource: 'list' | 'reported') => {
      const dashboard = await counting(newHome(), now, made, { costSource });
      return (await dashboard.answer({ ask: 'overview', scope: today })).amounts;
    };
    assert.deepEqual([(await cost('list')).costNanoUSD, (await cost('list')).unpricedTokens], [15e9, 5]);
    assert.equal((await cost('reported')).costNanoUSD, 3e9);
  });

  it('forecasts the month once there are seven days to go by', async () => {
    const days = (count: number) => Array.from({ length: count }, (_, index) => request(index * dayMs, 1000));
    const few = await counting(newHome(), now, days(6));
    assert.equal((await few.answer({ ask: 'overview', scope: today })).forecast, undefined);
    const many = await counting(newHome(), now, days(40));
    const { forecast } = await many.answer({ ask: 'overview', scope: today });
    assert.equal(forecast?.month, '2026-05');
    assert.equal(forecast?.soFar.tokens, 12_000);
    // All of them came at 13:30: half of that hour is still to come.
    assert.equal(forecast?.likely.tokens, 12_000 + 500 + 19_000);
  });
});

describe('the chart of a day', () => {
  const hours = async (day: string, zone: string) => {
    const dashboard = await counting(
      newHome(),
      now,
      ['00:30', '01:30', '15:00'].map((time) => ({ time: Date.parse(`${day}T${time}Z`), tokens: { output: 1 } })),
      { zone },
    );
    const scope: Scope = { period: { kind: 'range', since: day, until: day }, filter: {} };
    return await dashboard.answer({ ask: 'chart', scope, split: 'tool' });
  };

  it('has 23 hours when clocks go forward, and 25 when they go back', async () => {
    const spring = await hours('2026-03-29', 'Europe/Berlin');
    assert.equal(spring.bins.length, 23);
    assert.deepEqual(
      spring.bins.slice(1, 3).map(({ name }) => name),
      ['2026-03-29 01:00', '2026-03-29 03:00'],
    );
    const autumn = await hours('2025-10-26', 'Europe/Berlin');
    assert.equal(autumn.bins.length, 25);
    assert.deepEqual(
      autumn.bins.flatMap(({ name }, bin) => ((autumn.series[0]?.tokens[bin] ?? 0) > 0 ? [name.slice(11)] : [])),
      ['02:00', '02:00', '16:00'],
    );
  });
});
