import assert from 'node:assert/strict';
import type { HabitId, InsightsView } from '../../src/dashboard/protocol/insights.ts';
import type { Scope } from '../../src/dashboard/protocol/scope.ts';
import { newHome } from '../ledger/home.ts';
import { count, counting, type Dashboard, type Request } from './counted.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const now = Date.UTC(2026, 4, 12, 13, 30);
const month: Scope = { period: { kind: '30d' }, filter: {} };
/** USD per million tokens: input, output, cache read, cache write for five minutes and for an hour. */
const sonnet = { input: 3, output: 15, read: 0.3, write: 3.75, writeHour: 6 };

/** The insights once all is read. */
async function insightsOf(dashboard: Dashboard, scope = month): Promise<InsightsView> {
  for (;;) {
    const view = await dashboard.answer({ ask: 'insights', scope });
    if (view.filling !== true) return view;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function habit(id: HabitId, requests: readonly Request[]) {
  const { habits } = await insightsOf(await counting(newHome(), now, requests));
  return habits.find((one) => one.id === id);
}

describe('habits', () => {
  it('long context: requests of over 200,000 tokens of input, and what these cost', async () => {
    const found = await habit('long-context', [
      {
        time: now - dayMs,
        session: 'a',
        model: 'claude-opus-4-6',
        tokens: { input: 1000, cacheRead: 200_000, output: 10 },
      },
      {
        time: now - dayMs,
        session: 'a',
        model: 'claude-opus-4-6',
        tokens: { input: 1000, cacheRead: 199_000, output: 10 },
      },
    ]);
    assert.deepEqual([found?.requests, found?.tokens], [1, 201_010]);
    assert.ok((found?.costNanoUSD ?? 0) > 0);
    assert.deepEqual(
      found?.sessions.map(({ session, project, tokens }) => [session, project, tokens]),
      [['a', 'app', 201_010]],
    );
  });

  it('cold cache: what was written again after a pause longer than it lives, also over midnight', async () => {
    const warm = { input: 10, cacheWrite5m: 50_000, output: 10 };
    const again = { input: 10, cacheWrite5m: 60_000, output: 10 };
    const midnight = Date.UTC(2026, 4, 11);
    const found = await habit('cold-cache', [
      { time: midnight - 4 * minuteMs, session: 'a', tokens: warm },
      { time: midnight + 2 * minuteMs, session: 'a', tokens: again },
      { time: midnight + 6 * minuteMs, session: 'a', tokens: again },
      { time: midnight + 20 * minuteMs, session: 'a', tokens: { ...again, cacheRead: 60_000 } },
      // A session of its own has nothing to find in a cache.
      { time: midnight + 2 * minuteMs, session: 'b', tokens: again },
    ]);
    assert.deepEqual([found?.requests, found?.tokens], [1, 50_020]);
    assert.equal(found?.costNanoUSD, Math.round(50_020 * (sonnet.write - sonnet.read) * 1000));
  });

  it('cold cache: one that is kept for an hour lives for an hour', async () => {
    const tokens = { input: 10, cacheWrite1h: 50_000, output: 10 };
    const after = async (pause: number) =>
      (
        await habit('cold-cache', [
          { time: now - dayMs, tokens },
          { time: now - dayMs + pause, tokens },
        ])
      )?.tokens;
    assert.equal(await after(59 * minuteMs), undefined);
    assert.equal(await after(61 * minuteMs), 50_000);
  });

  it('endless session: the cache reads of sessions of six active hours', async () => {
    const session = (hours: number) =>
      Array.from({ length: hours * 4 }, (_, index) => ({
        time: now - dayMs + index * 15 * minuteMs,
        tokens: { cacheRead: 1000, output: 1 },
      }));
    assert.equal(await habit('endless-session', session(5)), undefined);
    const found = await habit('endless-session', session(6));
    assert.deepEqual([found?.tokens, found?.costNanoUSD], [24_000, 24_000 * sonnet.read * 1000]);
  });

  it('a dear model for small work: what such requests cost, and none of a cheaper model', async () => {
    const tokens = { input: 1000, output: 100 };
    const found = await habit('dear-model-small-work', [
      { time: now - dayMs, model: 'claude-opus-4-6', tokens },
      { time: now - dayMs, model: 'claude-opus-4-6', tokens: { input: 1000, output: 301 } },
      { time: now - dayMs, model: 'claude-opus-4-6', tokens: { input: 20_001, output: 100 } },
      { time: now - dayMs, model: 'claude-sonnet-4-5', tokens },
    ]);
    assert.deepEqual([found?.requests, found?.tokens, found?.costNanoUSD], [1, 1100, (1000 * 5 + 100 * 25) * 1000]);
  });

  it('wide fleet: four subagents of a session within a quarter of an hour', async () => {
    const fleet = (size: number) =>
      Array.from({ length: size }, (_, index) => ({ time: now - dayMs, subagent: true, agent: `a${index}` }));
    assert.equal(await habit('wide-fleet', [...fleet(3), { time: now - dayMs }]), undefined);
    const found = await habit('wide-fleet', [...fleet(4), { time: now - dayMs }]);
    assert.deepEqual([found?.requests, found?.tokens], [4, 400]);
  });

  it('no cache: sessions without a cache read, of tools that have them elsewhere', async () => {
    const without = (tool: 'claude-code' | 'codex') =>
      Array.from({ length: 10 }, (_, index) => ({
        time: now - dayMs + index * minuteMs,
        session: 'cold',
        tool,
        tokens: { input: 10_000, output: 1 },
      }));
    const warm = { time: now - dayMs, session: 'warm', tokens: { cacheRead: 1 } };
    assert.equal(await habit('no-cache', [...without('codex'), warm]), undefined);
    assert.equal(await habit('no-cache', [...without('claude-code').slice(1), warm]), undefined);
    const found = await habit('no-cache', [...without('claude-code'), warm]);
    assert.deepEqual([found?.requests, found?.costNanoUSD], [10, 100_000 * sonnet.input * 1000]);
  });

  it('follow what is counted later', async () => {
    const home = newHome();
    const dashboard = await counting(home, now, [{ time: now - dayMs }]);
    assert.deepEqual((await insightsOf(dashboard)).efficiency.longRequests.requests, 0);
    await count(home.open(), now, [{ time: now - dayMs, tokens: { input: 300_000 } }]);
    await dashboard.look();
    assert.deepEqual((await insightsOf(dashboard)).efficiency.longRequests, {
      requests: 1,
      costNanoUSD: 300_000 * 2 * sonnet.input * 1000,
      share: 0.5,
    });
  });
});

describe('efficiency', () => {
  it('tells what cache misses cost, and the tokens of an active hour', async () => {
    const { efficiency } = await insightsOf(
      await counting(newHome(), now, [
        {
          time: now - dayMs,
          tokens: { input: 1000, cacheRead: 6000, cacheWrite5m: 2000, cacheWrite1h: 1000, output: 500 },
        },
        { time: now - dayMs + 30 * minuteMs, tokens: { output: 1 } },
      ]),
    );
    assert.equal(efficiency.cacheShare, 0.6);
    const missed =
      1000 * (sonnet.input - sonnet.read) +
      2000 * (sonnet.write - sonnet.read) +
      1000 * (sonnet.writeHour - sonnet.read);
    assert.equal(efficiency.missCostNanoUSD, Math.round(missed * 1000));
    assert.equal(efficiency.activeHours, 0.75);
    assert.equal(efficiency.tokensPerActiveHour, 10_501 / 0.75);
    assert.equal(efficiency.freshPerRequest, 4501 / 2);
  });

  it('says nothing of what has no price or no request', async () => {
    const { efficiency } = await insightsOf(await counting(newHome(), now, [{ time: now, model: 'mystery' }]));
    assert.equal(efficiency.missCostNanoUSD, null);
    const nothing = await insightsOf(await counting(newHome(), now, []));
    assert.deepEqual(
      [nothing.efficiency.tokensPerActiveHour, nothing.now, nothing.models.length],
      [null, undefined, 0],
    );
  });
});

describe('models and prices', () => {
  it('have today’s rates, and what the same tokens would have cost on another model', async () => {
    const view = await insightsOf(
      await counting(newHome(), now, [
        { time: now - dayMs, tokens: { input: 1_000_000, output: 100_000 } },
        { time: now - dayMs, model: 'claude-opus-4-6', tokens: { output: 50_000 } },
        { time: now - dayMs, model: 'mystery' },
      ]),
    );
    const [first, , unpriced] = view.models;
    assert.deepEqual(first?.rates, { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 });
    assert.deepEqual([unpriced?.model, unpriced?.rates, unpriced?.amounts.costNanoUSD], ['mystery', undefined, null]);
    const opus = view.others.findIndex(({ model }) => model === 'claude-opus-4-6');
    assert.equal(first?.elsewhere[opus], 7.5e9);
    assert.equal(
      view.others[opus]?.costNanoUSD,
      view.models.reduce((sum, row) => sum + (row.elsewhere[opus] ?? 0), 0),
    );
    assert.ok(view.others.length > 3 && view.others.length <= 10);
  });
});

describe('the burn of the last hour', () => {
  it('is measured by one’s own usual active hour', async () => {
    const { now: burn } = await insightsOf(
      await counting(newHome(), now, [
        { time: now - 10 * minuteMs, session: 'a', tokens: { output: 4000 } },
        { time: now - 59 * minuteMs, session: 'b', tokens: { output: 2000 } },
        { time: now - 61 * minuteMs, session: 'c', tokens: { output: 50 } },
        // Half an hour of work on another day.
        { time: now - 3 * dayMs, tokens: { output: 950 } },
        { time: now - 3 * dayMs + 16 * minuteMs, tokens: { output: 1000 } },
      ]),
    );
    assert.deepEqual([burn?.tokensPerHour, burn?.sessions], [6000, 2]);
    assert.equal(burn?.costNanoUSDPerHour, 6000 * sonnet.output * 1000);
    assert.equal(burn?.timesUsual, 6000 / (2000 / 0.75));
  });
});
