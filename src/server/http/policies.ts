import type { Policy } from '../../team/protocol/policy.ts';
import type { StoredPolicy } from '../store/records.ts';
import { problemError } from './problem-error.ts';
import type { ServerContext } from './server-context.ts';

/** A policy as it was stated. */
export function readPolicy(stored: StoredPolicy): Policy {
  return JSON.parse(stored.body) as Policy;
}

/** The policy of now; throws `policy_missing` before the owner has stated one. */
export async function currentPolicy({ store }: ServerContext): Promise<Policy> {
  const organisation = await store.organisation({});
  if (organisation?.policy == null) throw problemError('policy_missing');
  return readPolicy(organisation.policy);
}
