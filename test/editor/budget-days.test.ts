import assert from 'node:assert/strict';
import { datedBudgets } from '../../src/editor/budget-days.ts';

describe('since when a budget is set', () => {
  const month = { id: 'a', per: 'month', unit: 'usd', amount: 80e9 } as const;
  const week = { id: 'b', per: 'week', unit: 'tokens', amount: 1e6 } as const;

  it('is the day on which it was first seen', () => {
    const first = datedBudgets([month], {}, '2026-10-05');
    assert.deepEqual(
      first.budgets.map(({ setOn }) => setOn),
      ['2026-10-05'],
    );
    const later = datedBudgets([month, week], first.days, '2026-11-22');
    assert.deepEqual(
      later.budgets.map(({ setOn }) => setOn),
      ['2026-10-05', '2026-11-22'],
    );
  });

  it('is forgotten with the budget, so that one that comes back begins anew', () => {
    const { days } = datedBudgets([week], { a: '2026-10-05' }, '2026-11-01');
    assert.deepEqual(days, { b: '2026-11-01' });
    assert.equal(datedBudgets([month], days, '2026-12-01').budgets[0]?.setOn, '2026-12-01');
  });
});
