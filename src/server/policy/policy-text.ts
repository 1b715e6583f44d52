import { retention } from '../../team/protocol/limits.ts';
import type { PolicyDraft } from '../../team/protocol/policy.ts';
import type { Cadence } from '../../team/protocol/terms.ts';

/** What leaves a machine, field by field. */
export const sharedFields = [
  'UTC day',
  'tool',
  'model, or "other"',
  'tokens: input, output, cache reads, cache writes (all, and those kept for an hour), reasoning',
  'number of requests',
  'whether some of it is an estimate',
  'list price in USD, and the version of the price table',
  'badges and a display name, where a person switches them on',
] as const;

const often: Readonly<Record<Cadence, string>> = {
  daily: 'Figures are published once a day, shortly after midnight UTC, and cover complete UTC days.',
  hourly:
    'Figures are published every hour and include today. Others can see in which hours someone works with AI tools.',
  live: 'Figures are published every five minutes and include today. Others can see when someone works with AI tools.',
};

/** Who sees what. */
export function seenBy(draft: PolicyDraft, namedBoards: boolean): string[] {
  const rows = draft.quiet
    ? 'Nobody sees another person: members see sums, the distribution and their own place.'
    : `Members see the first ${draft.topN} of each board, ${namedBoards ? 'by name or pseudonym as each has chosen' : 'by pseudonym'}, and sums.`;
  return [
    rows,
    `Sums cover at least ${draft.k} people, and none that makes up most of it; otherwise they are withheld.`,
    'Owners of a team, and admins of the organisation, also see how such a group works: median and quartiles, shares of tools and models, cache share, and how much of an allowance is used. They see no more about a person than members do.',
    'Everyone sees how often they were looked at, and by which role.',
  ];
}

/** The whole policy in plain words. */
export function policyText(draft: PolicyDraft, namedBoards: boolean): string {
  const { organisation, purpose, contact, worksAgreement, usedForPay } = draft;
  const pay =
    usedForPay === false
      ? 'It is not used to judge pay or performance.'
      : usedForPay
        ? 'It is used to judge pay or performance, so nobody is listed by name.'
        : 'Whether it is used to judge pay or performance has not been stated, so nobody is listed by name.';
  return [
    `${organisation} runs this board. Its purpose: ${purpose}`,
    pay,
    worksAgreement === null ? 'No works agreement is named.' : `It is held under: ${worksAgreement}`,
    `What leaves your machine, and nothing else: ${sharedFields.join('; ')}. No prompt, file, path, project, branch, host or user name, hour or session.`,
    ...seenBy(draft, namedBoards),
    often[draft.cadence],
    `Kept: details for ${retention.cells} days, daily totals for ${retention.days} days, the record of who looked for ${retention.audit} days; of an allowance for a year, the sum of that year.`,
    'Taking part is your choice. You can pause, hide or leave at any time, in one click: you are hidden within a minute, and everything about you is erased within a day.',
    "Costs are list prices, not anybody's bill.",
    ...(contact === null ? [] : [`Questions: ${contact}`]),
  ].join('\n\n');
}
