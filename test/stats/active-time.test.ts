import assert from 'node:assert/strict';
import { activeQuarters } from '../../src/stats/active-time.ts';

describe('active time', () => {
  it('joins quarters of an hour with at most two empty ones between them', () => {
    const total = (quarters: readonly number[]) =>
      quarters.reduce((sum, quarter, index) => sum + activeQuarters(quarters[index - 1], quarter), 0);
    assert.equal(total([100]), 1);
    assert.equal(total([100, 101, 102]), 3);
    assert.equal(total([100, 103]), 4);
    assert.equal(total([100, 104]), 2);
  });
});
