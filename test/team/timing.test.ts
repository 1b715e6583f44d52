import assert from 'node:assert/strict';
import { backoffMs } from '../../src/team/timing.ts';
import { herdAfter } from '../soak/herd.ts';

describe('when clients come', () => {
  it('is anything up to twice as long after each failure, and at last between half and the whole of a quarter of an hour', () => {
    assert.deepEqual([backoffMs(1, 0), backoffMs(1, 0.999).toFixed(0)], [1000, '3996']);
    assert.equal(backoffMs(5, 0.5), 32_000);
    for (const attempt of [9, 20, 1000]) {
      assert.deepEqual([backoffMs(attempt, 0), backoffMs(attempt, 1)], [450_000, 900_000]);
    }
  });

  it('leaves a server that was away for long less than twice the mean at any time', () => {
    for (const outage of [
      { minutes: 90, everySec: 3600, cadence: 'hourly' },
      { minutes: 60, everySec: 300, cadence: 'live' },
    ] as const) {
      const { most, mean } = herdAfter(outage, 10_000);
      assert.ok(most < 2 * mean, `${most} in ten seconds, ${mean} in the mean`);
    }
  });
});
