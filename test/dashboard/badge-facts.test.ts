import assert from 'node:assert/strict';
import type { BadgeFacts } from '../../src/badges/facts.ts';
import { badgeFacts } from '../../src/dashboard/badge-facts.ts';
import { clockOf } from '../../src/dashboard/clock.ts';
import type { Fact } from '../../src/dashboard/event-facts.ts';
import { liveCube } from '../../src/dashboard/live-cube.ts';
import { placesOf } from '../../src/dashboard/places.ts';
import type { DashboardSettings } from '../../src/dashboard/protocol/settings.ts';
import { zoneOf } from '../../src/usage/days.ts';
import { newHome } from '../ledger/home.ts';
import { count, counting, type Request, settings } from './counted.ts';

const minuteMs = 60_000;
const now = Date.UTC(2026, 4, 12, 13, 30);

async function factsOf(
  requests: readonly Request[],
  more: Partial<DashboardSettings> = {},
  facts: readonly Fact[] = [],
) {
  const home = newHome();
  await count(home.open(), now, requests);
  const live = liveCube({ machine: home.machine, now: () => now, breathe: async () => {}, onChanged: () => {} });
  await live.look();
  const chosen = { ...settings, ...more };
  try {
    return badgeFacts(
      {
        cube: live.cube,
        names: live.names,
        places: placesOf(live.names, chosen),
        settings: chosen,
        clock: clockOf(zoneOf(chosen.zone)),
        now,
        firstQuarter: live.firstQuarter,
        remembered: (_, make) => make(),
      },
      facts,
    );
  } finally {
    live.close();
  }
}

const at = (local: string) => Date.parse(`${local}Z`);

describe('the facts that badges are decided by', () => {
  it('have each local day with its sums and its night', async () => {
    const { days, today } = await factsOf(
      [
        { time: at('2026-05-10T19:59'), tokens: { input: 1, cacheRead: 10, output: 100 } },
        { time: at('2026-05-10T20:01'), tokens: { output: 7 } },
        { time: at('2026-05-11T03:59'), tokens: { cacheWrite5m: 5, output: 2 } },
        { time: at('2026-05-11T04:01'), tokens: { output: 1 } },
      ],
      { zone: 'Europe/Berlin' },
    );
    assert.equal(today, '2026-05-12');
    assert.deepEqual(days, [
      {
        day: '2026-05-10',
        requests: 2,
        tokens: 118,
        fresh: 108,
        input: 11,
        cacheRead: 10,
        longRequests: 0,
        nightTokens: 7,
      },
      { day: '2026-05-11', requests: 2, tokens: 8, fresh: 8, input: 5, cacheRead: 0, longRequests: 0, nightTokens: 7 },
    ] satisfies BadgeFacts['days']);
  });

  it('know when models and tools came to enough tokens', async () => {
    const facts = await factsOf([
      { time: at('2026-05-01T12:00'), model: 'claude-opus-4-6', tokens: { input: 60_000 } },
      { time: at('2026-05-02T12:00'), model: 'anthropic/claude-opus-4.6', tokens: { input: 40_000 } },
      { time: at('2026-05-03T12:00'), model: 'gpt-5.1', tool: 'codex', tokens: { input: 1_000_000 } },
      { time: at('2026-05-04T12:00'), model: 'gpt-5', tokens: { input: 99_999 } },
    ]);
    assert.deepEqual(facts.modelDays, ['2026-05-02', '2026-05-03']);
    assert.deepEqual(facts.toolDays, ['2026-05-03']);
  });

  it('have the records of sessions and fleets as they rose', async () => {
    const work = (day: string, session: string, quarters: number) =>
      Array.from({ length: quarters }, (_, index) => ({ time: at(`${day}T08:00`) + index * 15 * minuteMs, session }));
    const agent = (day: string, session: string, name: string) => ({
      time: at(`${day}T08:00`),
      session,
      subagent: true,
      agent: name,
    });
    const facts = await factsOf([
      ...work('2026-05-01', 'a', 4),
      ...work('2026-05-02', 'b', 3),
      ...work('2026-05-03', 'a', 2),
      agent('2026-05-01', 'a', 'x'),
      agent('2026-05-02', 'b', 'x'),
      agent('2026-05-03', 'a', 'y'),
    ]);
    assert.deepEqual(facts.longestSession, [
      { day: '2026-05-01', value: 60 * minuteMs },
      { day: '2026-05-03', value: 90 * minuteMs },
    ]);
    assert.deepEqual(facts.mostSubagents, [
      { day: '2026-05-01', value: 1 },
      { day: '2026-05-03', value: 2 },
    ]);
  });

  it('count a month as within its budget only where the budget was set all the month', async () => {
    const requests = ['2026-02-10', '2026-03-10', '2026-04-10', '2026-05-10'].map((day, index) => ({
      time: at(`${day}T12:00`),
      tokens: { output: 100 * (index + 1) },
    }));
    const budget = { id: 'm', per: 'month', unit: 'tokens', amount: 250 } as const;
    assert.deepEqual((await factsOf(requests, { budgets: [{ ...budget, setOn: '2026-03-01' }] })).budgetMonths, [
      { month: '2026-03', within: true },
      { month: '2026-04', within: false },
    ]);
    assert.deepEqual((await factsOf(requests, { budgets: [budget] })).budgetMonths, []);
  });

  it('lead to badges, which come with those that were earned before', async () => {
    const home = newHome();
    const dashboard = await counting(home, now, [{ time: now, tokens: { input: 10_000_000 } }]);
    const legend = async () =>
      (await dashboard.answer({ ask: 'badges' })).badges.find(({ id }) => id === 'token-legend');
    assert.deepEqual([(await legend())?.earned, (await legend())?.earnedOn], [1, '2026-05-12']);
    dashboard.configure(settings, { 'token-legend': ['2024-01-01', '2024-02-02'] });
    assert.deepEqual([(await legend())?.earned, (await legend())?.earnedOn], [2, '2024-02-02']);
  });

  it('count long requests, of which badges wait to be told', async () => {
    const many = Array.from({ length: 120 }, (_, index) => ({
      time: now - index * 3_600_000 * 6,
      tokens: { input: 250_000, output: 5 },
    }));
    const dashboard = await counting(newHome(), now, many);
    const { badges } = await dashboard.answer({ ask: 'badges' });
    assert.equal(badges.find(({ id }) => id === 'short-memory')?.earned, 0);
  });
});
