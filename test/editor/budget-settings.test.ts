import assert from 'node:assert/strict';
import { amountAsWritten, readAllowance, readBudgets } from '../../src/editor/budget-settings.ts';

const home = '/home/me';

function read(value: unknown) {
  const problems: string[] = [];
  const budgets = readBudgets(value, home, (problem) => problems.push(problem));
  return { budgets: budgets.map(({ id: _, ...budget }) => budget), ids: budgets.map(({ id }) => id), problems };
}

describe('the budgets that are set', () => {
  it('are none where nothing is set', () => {
    for (const value of [undefined, null, []]) assert.deepEqual(read(value), { budgets: [], ids: [], problems: [] });
  });

  it('hold tokens as they are and USD in billionths', () => {
    const { budgets, problems } = read([
      { per: 'day', unit: 'tokens', amount: 20_000_000 },
      { per: 'month', unit: 'usd', amount: 49.99, tool: 'codex', project: '~/work/' },
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(budgets, [
      { per: 'day', unit: 'tokens', amount: 20_000_000 },
      { per: 'month', unit: 'usd', amount: 49_990_000_000, tool: 'codex', project: '/home/me/work' },
    ]);
  });

  it('take an amount in words', () => {
    const amounts = ['20M', '1.5 b', '300k', '7', '$50'].map((amount) => ({ per: 'day', unit: 'tokens', amount }));
    assert.deepEqual(
      read(amounts).budgets.map(({ amount }) => amount),
      [20_000_000, 1_500_000_000, 300_000, 7, 50],
    );
  });

  it('leave out what makes no sense, and say what is wrong with it', () => {
    const good = { per: 'week', unit: 'usd', amount: 5 };
    for (const [entry, problem] of [
      [7, /no object/],
      [null, /no object/],
      [{ ...good, per: 'fortnight' }, /per day, week, month or year/],
      [{ ...good, unit: 'EUR' }, /tokens or usd/],
      [{ ...good, amount: 0 }, /above 0/],
      [{ ...good, amount: -1 }, /above 0/],
      [{ ...good, amount: 'much' }, /above 0/],
      [{ ...good, amount: Number.POSITIVE_INFINITY }, /above 0/],
      [{ ...good, amount: 1e12 }, /above 0/],
      [{ ...good, tool: 'clippy' }, /no tool named "clippy"/],
      [{ ...good, project: 'work' }, /absolute folder/],
      [{ ...good, project: 7 }, /absolute folder/],
    ] as const) {
      const { budgets, problems } = read([entry, good]);
      assert.equal(budgets.length, 1, JSON.stringify(entry));
      assert.match(problems.join(), /^tokenboard\.budgets: entry 1 is passed over: /);
      assert.match(problems.join(), problem);
    }
    assert.match(read({ per: 'day' }).problems.join(), /no list/);
  });

  it('have ids that stay while the setting does, and tell all apart', () => {
    const value = [
      { per: 'day', unit: 'tokens', amount: 5 },
      { per: 'day', unit: 'tokens', amount: 6 },
      { per: 'day', unit: 'tokens', amount: 5, tool: 'codex' },
      { per: 'day', unit: 'tokens', amount: '5' },
    ];
    const { ids } = read(value);
    assert.equal(new Set(ids).size, 3);
    assert.deepEqual(read(value.toReversed()).ids.toSorted(), ids.toSorted());
  });
});

describe('the allowance that is set', () => {
  function allowance(value: unknown) {
    const problems: string[] = [];
    return { is: readAllowance(value, (problem) => problems.push(problem)), problems };
  }

  it('is none where nothing is set', () => {
    for (const value of [undefined, null, {}]) assert.deepEqual(allowance(value), { is: undefined, problems: [] });
  });

  it('is in USD from January on unless told otherwise', () => {
    assert.deepEqual(allowance({ amount: 1200 }).is, { unit: 'usd', amount: 1_200_000_000_000, startMonth: 1 });
    assert.deepEqual(allowance({ unit: 'tokens', amount: '2B', startMonth: 4 }).is, {
      unit: 'tokens',
      amount: 2_000_000_000,
      startMonth: 4,
    });
  });

  it('is none where it makes no sense, which is told', () => {
    for (const value of [{ unit: 'usd' }, { unit: 'EUR', amount: 5 }, { amount: 5, startMonth: 13 }, { amount: -5 }]) {
      const { is, problems } = allowance(value);
      assert.equal(is, undefined);
      assert.equal(problems.length, 1, JSON.stringify(value));
    }
  });
});

describe('an amount that a person writes', () => {
  for (const [text, amount] of [
    ['$50', { unit: 'usd', amount: 50 }],
    [' $ 49.99 ', { unit: 'usd', amount: 49.99 }],
    ['50 USD', { unit: 'usd', amount: 50 }],
    ['$2k', { unit: 'usd', amount: 2000 }],
    ['20M', { unit: 'tokens', amount: 20_000_000 }],
    ['20M tokens', { unit: 'tokens', amount: 20_000_000 }],
    ['500 tokens', { unit: 'tokens', amount: 500 }],
    ['50', undefined],
    ['$0', undefined],
    ['$50 tokens', undefined],
    ['', undefined],
    ['fifty', undefined],
  ] as const) {
    it(`${text}: ${JSON.stringify(amount)}`, () => assert.deepEqual(amountAsWritten(text), amount));
  }
});
