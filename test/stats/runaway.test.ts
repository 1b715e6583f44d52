import assert from 'node:assert/strict';
import { isRunaway, timesHabit } from '../../src/stats/runaway.ts';

const million = 1e6;

describe('a session that runs away', () => {
  for (const [who, burn, habit, runs] of [
    ['a steady person, in an hour like any other', 1.2 * million, { hours: 200, burn: 1.3 * million }, false],
    ['a steady person, in the busiest hour yet', 3.8 * million, { hours: 200, burn: 1.3 * million }, false],
    ['a steady person, in a burst', 3.9 * million, { hours: 200, burn: 1.3 * million }, true],
    ['somebody new, whatever happens', 500 * million, { hours: 19, burn: 1 * million }, false],
    ['somebody who has just enough history', 500 * million, { hours: 20, burn: 1 * million }, true],
    ['somebody who uses little, and now more of it', 1.9 * million, { hours: 100, burn: 0.05 * million }, false],
    ['somebody who uses little, and now very much', 2 * million, { hours: 100, burn: 0.05 * million }, true],
    ['somebody whose fleets are a habit', 60 * million, { hours: 400, burn: 25 * million }, false],
    ['somebody whose fleet is beyond even that', 75 * million, { hours: 400, burn: 25 * million }, true],
    ['somebody whose history has no tokens', 1 * million, { hours: 30, burn: 0 }, false],
  ] as const) {
    it(`is ${runs ? '' : 'not '}that of ${who}`, () => assert.equal(isRunaway(burn, habit), runs));
  }

  it('is said to be so many whole times the habit', () => {
    assert.equal(timesHabit(3.9 * million, { hours: 200, burn: 1.3 * million }), 3);
    assert.equal(timesHabit(13.9 * million, { hours: 200, burn: 1.3 * million }), 10);
  });
});
