import type { OfStore, Run } from './all-operations.ts';
import { gathered } from './gather.ts';
import { countRates, sweepRates } from './rates.ts';
import { sessionsOf } from './sessions.ts';
import { recordViews } from './snapshots.ts';
import { takeSyncs } from './syncs.ts';

/** What nearly every request does, so that several at a time share what it costs. */
export type Shared = Omit<OfStore, 'refreshWindows'>;

const most = 64;
const sweepRatesMs = 60_000;

/** Those operations, by so many transactions at once. */
export function sharedOperations(run: Run, parallel: number): Shared {
  let ratesSweptAt = 0;
  const countRate = gathered<Parameters<Shared['countRate']>[0], Awaited<ReturnType<Shared['countRate']>>>({
    parallel: 1,
    most,
    together: (orders) => run('single', countRates, orders),
  });
  return {
    sync: gathered({
      parallel,
      most,
      keyOf: ({ member }) => member,
      together: (orders) => run('write', takeSyncs, orders),
    }),
    session: gathered({ parallel: 1, most, together: (orders) => run('single', sessionsOf, orders) }),
    recordView: gathered({ parallel: 1, most, together: (orders) => run('write', recordViews, orders) }),
    async countRate(order) {
      if (Math.abs(order.now - ratesSweptAt) > sweepRatesMs) {
        ratesSweptAt = order.now;
        await run('single', sweepRates, order.now);
      }
      return countRate(order);
    },
  };
}
