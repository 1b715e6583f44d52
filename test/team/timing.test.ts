import assert from 'node:assert/strict';
import { cadenceMs, cadences } from '../../src/team/protocol/terms.ts';
import { retryMs, soonMs } from '../../src/team/timing.ts';
import { herdAfter, outages } from '../soak/herd.ts';

const minute = 60_000;

describe('when clients come', () => {
  it('is half to the whole of a quarter of an hour after a failure, and no later than a board is published', () => {
    assert.deepEqual([retryMs('daily', 0), retryMs('hourly', 1)], [7.5 * minute, 15 * minute]);
    assert.deepEqual([retryMs('live', 0), retryMs('live', 1)], [2.5 * minute, 5 * minute]);
    for (const cadence of cadences) assert.ok(retryMs(cadence, 1) <= cadenceMs[cadence]);
  });

  it('is not before the server says, and not for all when it says', () => {
    assert.deepEqual([retryMs('live', 0, 10_000), retryMs('live', 1, 10_000)], [2.5 * minute, 5 * minute]);
    assert.deepEqual([retryMs('live', 0, 20 * minute), retryMs('live', 1, 20 * minute)], [20 * minute, 22.5 * minute]);
  });

  it('is soon where a person waits for it, but not for ever as soon', () => {
    assert.deepEqual([soonMs(0, 0), soonMs(0, 1)], [1000, 4000]);
    assert.deepEqual([soonMs(30_000, 0.5), soonMs(30_000, 1)], [30_000, minute]);
    assert.deepEqual([soonMs(60 * minute, 0.5), soonMs(60 * minute, 1)], [3.75 * minute, 5 * minute]);
    assert.equal(soonMs(0, 1, minute), minute);
  });

  it('leaves a server that was away less than twice the mean at any time', function () {
    this.timeout(20_000);
    for (const outage of outages()) {
      const { most, mean } = herdAfter(outage, 10_000);
      assert.ok(most < 2 * mean, `${most} in ten seconds, ${mean} in the mean, after ${JSON.stringify(outage)}`);
    }
  });
});
