import type { Policy } from '../../team/protocol/policy.ts';
import type { Store } from '../store/store.ts';
import { insightsDue, publishInsights } from './insights.ts';
import { boardsDue, publishBoards } from './publish.ts';
import { flagSimilar } from './similar.ts';

/** What is published at its time. */
export interface PublishingOrder {
  readonly what: 'publish' | 'insights';
  readonly org: number;
  readonly policy: Policy;
  readonly now: number;
  /** The number of the leadership by which it is ordered. */
  readonly lead: number | undefined;
}

/** What reads everybody of an organisation, and so takes time and memory: plain data, that another process can be told. */
export type BuildOrder =
  | PublishingOrder
  | { readonly what: 'flag-similar'; readonly org: number; readonly now: number; readonly lead: number | undefined };

/** Does such work and answers a count: of what was published, of members flagged. Ends early when it may not go on. */
export type Builder = (order: BuildOrder, goesOn: () => boolean) => Promise<number>;

/** Builds in this process. */
export function builderOn(store: Store): Builder {
  return async (order, goesOn) => {
    switch (order.what) {
      case 'publish':
        return publishBoards({ store, ...order, goesOn });
      case 'insights':
        return (await publishInsights({ store, ...order, goesOn })) ? 1 : 0;
      case 'flag-similar':
        return flagSimilar({ store, ...order });
    }
  };
}

/** Whether there is anything to publish; asked first, for it takes a moment where building takes a process. */
export function isDue(store: Store, order: PublishingOrder): Promise<boolean> {
  return order.what === 'publish' ? boardsDue({ store, ...order }) : insightsDue({ store, ...order });
}
