import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fields } from '../../../src/server/http/fields.ts';

const key = { board: 0, window: '30d', metric: 'fresh' } as const;

describe('the values of a board in memory', () => {
  it('tell how many have one, how many a greater one, and the least of these', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 9 })), fc.nat({ max: 10 }), async (values, value) => {
        const known = fields({ field: async () => Float64Array.from(values).sort() }, 1);
        const above = values.filter((one) => one > value);
        assert.deepEqual(await known.place(key, value, 0), {
          of: values.length,
          above: above.length,
          next: above.length === 0 ? null : Math.min(...above),
        });
      }),
    );
  });

  it('are asked for once by all who look, again after half a minute, and a second after a change here', async () => {
    const stored = { values: [1, 2, 3], asked: 0 };
    const known = fields(
      {
        async field() {
          stored.asked++;
          return Float64Array.from(stored.values);
        },
      },
      1,
    );
    const above = async (now: number, metric: 'fresh' | 'cost' = 'fresh') =>
      (await known.place({ ...key, metric }, 1, now)).above;
    assert.deepEqual(await Promise.all([above(0), above(0), above(5)]), [2, 2, 2]);
    stored.values = [1, 2, 3, 4];
    assert.deepEqual([await above(29_999), stored.asked], [2, 1]);
    assert.deepEqual([await above(30_000), stored.asked], [3, 2]);
    assert.deepEqual([await above(30_000, 'cost'), stored.asked], [3, 3]);
    stored.values = [1];
    known.forget();
    assert.deepEqual([await above(30_999), stored.asked], [3, 3]);
    assert.deepEqual([await above(31_000), stored.asked], [0, 4]);
  });

  it('are asked for again where the store failed, and the oldest go where they become many', async () => {
    let fails = true;
    let asked = 0;
    const known = fields(
      {
        async field() {
          asked++;
          if (fails) throw new Error('gone');
          return new Float64Array(600_000);
        },
      },
      1,
    );
    await assert.rejects(known.place(key, 0, 0), /gone/);
    fails = false;
    assert.equal((await known.place(key, 0, 0)).of, 600_000);
    await known.place({ ...key, metric: 'cost' }, 0, 0);
    assert.equal(asked, 3);
    await known.place({ ...key, metric: 'cost' }, 0, 0);
    assert.equal(asked, 3);
    await known.place(key, 0, 0);
    assert.equal(asked, 4);
  });
});
