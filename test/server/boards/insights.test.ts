import assert from 'node:assert/strict';
import { decideCell, decisionFor, type InsightCell, mixing } from '../../../src/server/boards/insight-cells.ts';
import { around, insightFigures, percent } from '../../../src/server/boards/insight-figures.ts';
import type { SumDecision } from '../../../src/server/boards/published-sum.ts';
import { seeded } from '../../demo/random.ts';
import { randomInsights } from './insight-history.ts';

const rules = { day: 100, k: 5 };
const noTeams = new Map<number, ReadonlySet<number>>();

type Mix = readonly { readonly tool: string; readonly model: string; readonly tokens: number }[];

async function figuresOf(mixes: readonly Mix[], { reads = 0.5, days = 10 } = {}) {
  const tokens = mixes.map((mix) => mix.reduce((sum, one) => sum + one.tokens, 0));
  const decide = (cell: InsightCell) => decideCell(cell, noTeams, undefined, rules);
  return insightFigures(
    {
      k: 5,
      tokens: await decide({ name: 'tokens', values: tokens }),
      input: await decide({ name: 'input', values: tokens }),
      cacheReads: tokens.map((value) => value * reads),
      activeDays: tokens.map(() => days),
      mix: await Promise.all(mixing(mixes).cells(5).map(decide)),
    },
    undefined,
  );
}

const user = (tool: string, model: string, tokens: number): Mix => [{ tool, model, tokens }];
const many = (count: number, make: (index: number) => Mix): Mix[] => Array.from({ length: count }, (_n, i) => make(i));

describe('insights', () => {
  it('tell of a group its median and quartiles, shares of tools and models, cache share, days', async () => {
    const people = [
      ...many(15, (i) => user('claude-code', 'claude-opus-4-5', 1000 + i * 10)),
      ...many(6, (i) => user('codex', 'gpt-5', 900 + i)),
    ];
    assert.deepEqual(await figuresOf(people), {
      withheld: null,
      members: 21,
      participation: 100,
      median: 1000,
      quartiles: [940, 1100],
      activeDays: 10,
      cacheShare: 50,
      tools: [
        { id: 'claude-code', percent: 75 },
        { id: 'codex', percent: 25 },
      ],
      models: [
        { id: 'claude-opus-4-5', percent: 75 },
        { id: 'gpt-5', percent: 25 },
      ],
    });
  });

  it('tell nothing of fewer than k, nor where one makes most of it', async () => {
    const few = await figuresOf(many(4, () => user('codex', 'gpt-5', 100)));
    assert.deepEqual([few.withheld, few.members, few.tools, few.median], ['too_few', null, null, null]);
    const one = await figuresOf([...many(9, () => user('codex', 'gpt-5', 10)), user('codex', 'gpt-5', 1000)]);
    assert.deepEqual([one.withheld, one.members, one.cacheShare], ['dominated', null, null]);
  });

  it('count a tool of few among the others, and others who are few take the smallest told along', async () => {
    const base = many(20, () => user('claude-code', 'claude-opus-4-5', 100));
    const six = many(6, () => user('codex', 'gpt-5', 100));
    const hidden = await figuresOf([...base, ...six, ...many(5, () => user('amp', 'other', 100))]);
    assert.deepEqual(hidden.tools, [
      { id: 'claude-code', percent: 65 },
      { id: 'codex', percent: 20 },
      { id: 'amp', percent: 15 },
    ]);
    assert.deepEqual(hidden.models?.at(-1), { id: null, percent: 15 });
    const three = await figuresOf([...base, ...six, ...many(3, () => user('amp', 'other', 100))]);
    assert.deepEqual(three.tools, [
      { id: 'claude-code', percent: 70 },
      { id: null, percent: 30 },
    ]);
    const alone = await figuresOf([...base, ...many(3, () => user('amp', 'other', 100))]);
    assert.equal(alone.tools, null, 'what the only one leaves would be theirs');
  });

  it('are silent about a few who were not active', async () => {
    const idle = (count: number) =>
      figuresOf([...many(15, () => user('codex', 'gpt-5', 100)), ...many(count, () => [])]);
    assert.equal((await idle(0)).participation, 100);
    assert.equal((await idle(4)).participation, null);
    assert.equal((await idle(5)).participation, 75);
  });

  it('give no single value: a quantile is the mean of those around it', () => {
    const values = Array.from({ length: 21 }, (_none, index) => index * 100);
    assert.equal(around(values, 0.5, 5), 1000);
    assert.equal(around(values.slice(0, 9), 0.5, 5), null);
    assert.equal(around([...Array(9).fill(1), 1_000_000], 0.99, 5), null, 'one makes most of it');
    const [low, high] = [around(values, 0.25, 5), around(values, 0.75, 5)];
    assert.deepEqual([low, high], [500, 1500]);
    assert.deepEqual([percent(0.124), percent(0.126), percent(7)], [10, 15, 100]);
  });

  const histories = 60;
  it(`tell of nobody, alone or beside all that was told before: ${histories} histories`, async function () {
    this.timeout(60_000);
    let told = 0;
    for (let seed = 1; seed <= histories; seed++) told += await randomInsights(seeded(seed), seed);
    assert.ok(told > histories, `${told} shares were told`);
  });

  it('decide for a team as for the organisation', async () => {
    const teams = new Map([[7, new Set([0, 1, 2, 3, 4, 5])]]);
    const cell = { name: 'tokens', values: Array<number>(12).fill(10) };
    const decided = await decideCell(cell, teams, undefined, rules);
    const sums = (one: SumDecision | undefined) => one?.sum?.members.length;
    assert.deepEqual([sums(decisionFor(decided, undefined)), sums(decisionFor(decided, 7))], [12, 6]);
    assert.equal(decisionFor(decided, 8), undefined);
  });
});
