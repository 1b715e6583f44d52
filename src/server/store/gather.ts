import { setImmediate as breathe } from 'node:timers/promises';

export interface GatherOptions<Order, Outcome> {
  /** Does several at once, with an outcome for each in their order. */
  readonly together: (orders: readonly Order[]) => Promise<readonly Outcome[]>;
  /** How many times at once, and how many orders in one at most. */
  readonly parallel: number;
  readonly most: number;
  /** No two orders with the same key are done together; each has its own where left out. */
  readonly keyOf?: (order: Order) => unknown;
}

interface Waiting<Order, Outcome> {
  readonly order: Order;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets orders share statements and transactions: what arrives in one turn, or while all are under way, is done together,
 * so nobody waits for company. When that fails, each order is done alone, and is told its own error.
 */
export function gathered<Order, Outcome>({
  together,
  parallel,
  most,
  keyOf = (order) => order,
}: GatherOptions<Order, Outcome>): (order: Order) => Promise<Outcome> {
  type Item = Waiting<Order, Outcome>;
  let waiting: Item[] = [];
  let under = 0;

  function taken(): Item[] {
    const batch: Item[] = [];
    const rest: Item[] = [];
    const keys = new Set<unknown>();
    for (const item of waiting) {
      const key = keyOf(item.order);
      const fits = batch.length < most && !keys.has(key);
      (fits ? batch : rest).push(item);
      keys.add(key);
    }
    waiting = rest;
    return batch;
  }

  async function work(): Promise<void> {
    under++;
    try {
      // Others of the same turn may still be on their way.
      await breathe();
      const batch = taken();
      if (batch.length > 0) await done(batch);
    } finally {
      under--;
      next();
    }
  }

  async function done(batch: readonly Item[]): Promise<void> {
    try {
      const outcomes = await together(batch.map(({ order }) => order));
      if (outcomes.length !== batch.length) throw new Error('An order has no outcome.');
      for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index] as Outcome);
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const item of batch) await done([item]);
    }
  }

  function next(): void {
    if (under < parallel && waiting.length > 0) void work();
  }

  return (order) =>
    new Promise((resolve, reject) => {
      waiting.push({ order, resolve, reject });
      next();
    });
}
