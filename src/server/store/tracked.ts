import type { Operations } from './store.ts';

export interface Tracked {
  readonly operations: Operations;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Operations of which one can wait for the end, so that a store closes after what it was asked for. */
export function tracked(operations: Operations): Tracked {
  const underWay = new Set<Promise<unknown>>();
  const wrapped = Object.entries(operations).map(([name, operation]) => [
    name,
    (order: never) => {
      const outcome: Promise<unknown> = operation(order);
      underWay.add(outcome);
      const gone = (): boolean => underWay.delete(outcome);
      outcome.then(gone, gone);
      return outcome;
    },
  ]);
  return {
    operations: Object.fromEntries(wrapped) as Operations,
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
