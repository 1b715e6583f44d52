import type { OidcSignIn } from '../oidc/sign-in-context.ts';
import type { ErasureNotes } from '../store/noted-erasure.ts';
import type { Store } from '../store/store.ts';
import type { PolicyCache } from './policies.ts';
import type { Sessions } from './sessions.ts';
import type { SnapshotCache } from './snapshot-cache.ts';

/** What all handlers share. All of it but the store is a cache that may be lost. */
export interface ServerContext {
  readonly store: Store;
  readonly org: number;
  readonly sessions: Sessions;
  readonly snapshots: SnapshotCache;
  readonly policies: PolicyCache;
  readonly now: () => number;
  /** The server's own version. */
  readonly version: string;
  /** Where clients reach it, without a slash at the end: links are made of it. */
  readonly publicUrl: string;
  readonly pricesVersion: string;
  /** Whether a model's normal id is in the public catalogue. */
  readonly knowsModel: (model: string) => boolean;
  /** Hashes what must not be kept as it is; the same in all processes of a server. */
  readonly key: Buffer;
  /** Where erased members are noted before they are erased: see `eraseNoted`. */
  readonly erasures: ErasureNotes;
  /** The organisation's sign-in; undefined where people join by invite alone. */
  readonly oidc: OidcSignIn | undefined;
}
