import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { gathered } from '../../../src/server/store/gather.ts';

interface Order {
  readonly of: string;
  readonly value: number;
}

describe('orders that are gathered', () => {
  const batches: Order[][] = [];
  const make = (fails: (order: Order) => boolean = () => false) =>
    gathered<Order, number>({
      parallel: 2,
      most: 4,
      keyOf: ({ of }) => of,
      async together(orders) {
        batches.push([...orders]);
        await pause(2);
        if (orders.some(fails)) throw new Error(`no ${orders.map(({ value }) => value)}`);
        return orders.map(({ value }) => value * 2);
      },
    });
  beforeEach(() => batches.splice(0));

  it('are done together, each with its own outcome, at most so many, and none beside another of its key', async () => {
    const take = make();
    const orders = Array.from({ length: 30 }, (_, value) => ({ of: `key ${value % 7}`, value }));
    assert.deepEqual(
      await Promise.all(orders.map(take)),
      orders.map(({ value }) => value * 2),
    );
    assert.ok(batches.length < 20, `${batches.length} batches of 30 orders`);
    for (const batch of batches) {
      assert.ok(batch.length <= 4);
      assert.equal(new Set(batch.map(({ of }) => of)).size, batch.length);
    }
    const byKey = batches.flat().filter(({ of }) => of === 'key 3');
    assert.deepEqual(
      byKey.map(({ value }) => value),
      [3, 10, 17, 24],
      'those of one key keep their order',
    );
  });

  it('fail alone', async () => {
    const take = make(({ value }) => value === 5);
    const orders = Array.from({ length: 8 }, (_, value) => ({ of: String(value), value }));
    const outcomes = await Promise.allSettled(orders.map(take));
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : String(outcome.reason))),
      [0, 2, 4, 6, 8, 'Error: no 5', 12, 14],
    );
  });
});
