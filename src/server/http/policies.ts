import type { Policy } from '../../team/protocol/policy.ts';
import type { StoredPolicy } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { problemError } from './problem-error.ts';

/** A policy as it was stated. */
export function readPolicy(stored: StoredPolicy): Policy {
  return JSON.parse(stored.body) as Policy;
}

/** The policy of now; throws `policy_missing` before the owner has stated one. */
export async function currentPolicy(store: Store): Promise<Policy> {
  const organisation = await store.organisation({});
  if (organisation?.policy == null) throw problemError('policy_missing');
  return readPolicy(organisation.policy);
}

/** Policies in memory, by their versions: what was stated once never changes. */
export interface PolicyCache {
  /** The policy of a version that a session or a sync knows to be the one of now. */
  of(version: number): Promise<Policy>;
}

export function policyCache(store: Store): PolicyCache {
  let known: Policy | undefined;
  let asked: { readonly version: number; readonly policy: Promise<Policy> } | undefined;
  return {
    async of(version) {
      if (known?.version === version) return known;
      // Many who come at once for the same one ask once.
      if (asked?.version !== version) asked = { version, policy: currentPolicy(store) };
      const asking = asked;
      try {
        known = await asking.policy;
        return known;
      } finally {
        if (asked === asking) asked = undefined;
      }
    },
  };
}
