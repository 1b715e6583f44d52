import { createHash } from 'node:crypto';
import { retention } from '../../team/protocol/limits.ts';
import type { Policy, PolicyDraft } from '../../team/protocol/policy.ts';
import { cleanText } from './clean-text.ts';
import { policyText, seenBy, sharedFields } from './policy-text.ts';

/** What is wrong with an owner's decisions, as a sentence; undefined where a policy can be made of them. */
export function draftProblem({ purpose, organisation, metrics, defaultMetric }: PolicyDraft): string | undefined {
  if (cleanText(organisation) === '') return 'The name of the organisation shows nothing.';
  if (cleanText(purpose) === '') return 'The purpose shows nothing.';
  if (!metrics.includes(defaultMetric)) return 'The default metric is not among the metrics.';
  return undefined;
}

/** The policy that an owner's decisions make: their words, and the hash that a consent repeats. */
export function newPolicy(told: PolicyDraft, version: number, now: number): Policy {
  const draft = cleanDraft(told);
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

/** Each of the owner's words is one line, so that none can pass for a paragraph of the policy's own. */
function cleanDraft(draft: PolicyDraft): PolicyDraft {
  return {
    ...draft,
    organisation: cleanText(draft.organisation),
    purpose: cleanText(draft.purpose),
    worksAgreement: cleanText(draft.worksAgreement ?? '') || null,
    contact: cleanText(draft.contact ?? '') || null,
  };
}
