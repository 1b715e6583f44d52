import assert from 'node:assert/strict';
import { pollPause } from '../../src/editor/poll-pause.ts';

describe('The pause between two looks at all logs', () => {
  it('is 15 s where a look is quick, whatever its first reading took', () => {
    for (const lookMs of [0, 3, 80, 150]) assert.equal(pollPause(lookMs), 15_000);
  });

  it('keeps the looks within 1 % of a processor', () => {
    for (const lookMs of [1, 150, 200, 400, 600]) assert.ok(lookMs / pollPause(lookMs) <= 0.01, `${lookMs} ms`);
  });

  it('is never longer than a minute', () => {
    for (const lookMs of [601, 5000, 1e6]) assert.equal(pollPause(lookMs), 60_000);
  });
});
