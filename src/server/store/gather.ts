import type { Run } from './all-operations.ts';
import type { SyncOrder, SyncOutcome } from './port-members.ts';
import { takeSyncs } from './syncs.ts';

export interface GatherOptions {
  /** Transactions at a time, and requests in one at most. */
  readonly parallel: number;
  readonly most: number;
}

interface Waiting {
  readonly order: SyncOrder;
  readonly resolve: (outcome: SyncOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets syncs share transactions: what arrives while all are under way goes into the next one together, so nobody waits
 * for company. Each is answered after the commit. When a shared transaction fails, each of its requests gets one of its own.
 */
export function gatherSyncs(run: Run, { parallel, most }: GatherOptions): (order: SyncOrder) => Promise<SyncOutcome> {
  let waiting: Waiting[] = [];
  let under = 0;

  async function take(): Promise<void> {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    const members = new Set<number>();
    for (const item of waiting) {
      const fits = batch.length < most && !members.has(item.order.member);
      (fits ? batch : rest).push(item);
      members.add(item.order.member);
    }
    waiting = rest;
    under++;
    try {
      await together(batch);
    } finally {
      under--;
      next();
    }
  }

  async function together(batch: readonly Waiting[]): Promise<void> {
    const [only] = batch;
    try {
      const outcomes = await run(
        'write',
        takeSyncs,
        batch.map(({ order }) => order),
      );
      for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index] ?? { outcome: 'gone' });
    } catch (error) {
      if (batch.length === 1) only?.reject(error);
      else for (const item of batch) await together([item]);
    }
  }

  function next(): void {
    if (under < parallel && waiting.length > 0) void take();
  }

  return (order) =>
    new Promise((resolve, reject) => {
      waiting.push({ order, resolve, reject });
      next();
    });
}
