import assert from 'node:assert/strict';
import { seeded } from '../demo/random.ts';
import { randomInsights } from '../server/boards/insight-history.ts';
import { share } from './factor.ts';

const histories = share(2000);

describe('the privacy of insights', () => {
  it(`tells of nobody by a figure or by the difference of any two: ${histories} histories`, async () => {
    let told = 0;
    for (let seed = 1; seed <= histories; seed++) told += await randomInsights(seeded(seed), seed);
    assert.ok(told > histories, `${told} shares were told`);
  });
});
