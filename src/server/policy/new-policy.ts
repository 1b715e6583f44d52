import { createHash } from 'node:crypto';
import { retention } from '../../team/protocol/limits.ts';
import type { Policy, PolicyDraft } from '../../team/protocol/policy.ts';
import { policyText, seenBy, sharedFields } from './policy-text.ts';

/** The policy that an owner's decisions make: their words, and the hash that a consent repeats. */
export function newPolicy(draft: PolicyDraft, version: number, now: number): Policy {
  // A board whose purpose might be judging people, or of which nobody has said what it is not for, has no names.
  const namedBoards = draft.usedForPay === false && !draft.quiet;
  const text = policyText(draft, namedBoards);
  return {
    ...draft,
    version,
    text,
    sha256: createHash('sha256').update(text).digest('hex'),
    since: new Date(now).toISOString(),
    namedBoards,
    fields: [...sharedFields],
    seenBy: seenBy(draft, namedBoards),
    retentionDays: { ...retention },
  };
}
