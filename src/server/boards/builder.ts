import type { Policy } from '../../team/protocol/policy.ts';
import type { Store } from '../store/store.ts';
import { publishBoards } from './publish.ts';
import { flagSimilar } from './similar.ts';

/** What reads everybody of an organisation, and so takes time and memory: plain data, that another process can be told. */
export type BuildOrder =
  | {
      readonly what: 'publish';
      readonly org: number;
      readonly policy: Policy;
      readonly now: number;
      readonly lead: number | undefined;
    }
  | { readonly what: 'flag-similar'; readonly org: number; readonly now: number };

/** Does such work and answers a count: of snapshots published, of members flagged. Ends early when it may not go on. */
export type Builder = (order: BuildOrder, goesOn: () => boolean) => Promise<number>;

/** Builds in this process. */
export function builderOn(store: Store): Builder {
  return (order, goesOn) =>
    order.what === 'publish' ? publishBoards({ store, ...order, goesOn }) : flagSimilar(store, order.org, order.now);
}
