import assert from 'node:assert/strict';
import { freshTokens, totalTokens } from '../../src/usage/usage-event.ts';

describe('the tokens of a request', () => {
  const tokens = { input: 1, output: 20, cacheRead: 300, cacheWrite5m: 4000, cacheWrite1h: 50_000, reasoning: 600_000 };

  it('are those of each kind once, reasoning being a part of the output', () => {
    assert.equal(totalTokens(tokens), 54_321);
  });

  it('are fresh but for what was read from a cache', () => {
    assert.equal(freshTokens(tokens), 54_021);
  });
});
