import assert from 'node:assert/strict';
import { activeMs, activeQuarters } from '../../src/stats/active-time.ts';

const minute = 60_000;

describe('active time', () => {
  it('counts a pause of half an hour, and cuts out a longer one', () => {
    assert.equal(activeMs([0, 10 * minute, 40 * minute]), 40 * minute);
    assert.equal(activeMs([0, 10 * minute, 41 * minute, 42 * minute]), 11 * minute);
    assert.equal(activeMs([5]), 0);
  });

  it('joins quarters of an hour with at most two empty ones between them', () => {
    const total = (quarters: readonly number[]) =>
      quarters.reduce((sum, quarter, index) => sum + activeQuarters(quarters[index - 1], quarter), 0);
    assert.equal(total([100]), 1);
    assert.equal(total([100, 101, 102]), 3);
    assert.equal(total([100, 103]), 4);
    assert.equal(total([100, 104]), 2);
  });
});
