import { failureCode } from '../team/failure.ts';
import type { Preview } from '../team/preview.ts';
import type { Policy } from '../team/protocol/policy.ts';
import { sentence } from '../team/sentences.ts';
import type { SyncOutcome } from '../team/sync.ts';
import type { Team } from '../team/team.ts';
import { compact } from '../usage/format.ts';
import { counted } from './notes.ts';
import { harmless, wrap } from './terminal-text.ts';

const cadenceWords: Readonly<Record<Policy['cadence'], string>> = {
  daily: 'once a day, complete days only',
  hourly: 'each hour: others can see when you work',
  live: 'every five minutes: others can see when you work',
};

/** A policy in the words that matter first, and then whole. */
export function policyLines(policy: Policy, origin: string, width: number): string[] {
  const { organisation, purpose, usedForPay, worksAgreement, contact, cadence, k, retentionDays } = policy;
  const pay = usedForPay === null ? 'not told' : usedForPay ? 'yes' : 'no';
  const lines = [
    `${organisation} runs this board, at ${origin}.`,
    `  Purpose: ${purpose}`,
    `  Used for pay or performance: ${pay}`,
    `  Works agreement: ${worksAgreement ?? 'none'}`,
    ...(contact === null ? [] : [`  Whom to ask: ${contact}`]),
    `  Updated ${cadenceWords[cadence]}; sums of ${k} people or more`,
    `  Kept: ${retentionDays.cells} days by model, ${retentionDays.days} days as totals`,
    '',
    ...policy.text.split('\n'),
  ];
  return lines.flatMap((line) => wrap(harmless(line), width, '    '));
}

/** What the first upload holds, in words; its bytes are shown by `tokenboard team preview`. */
export function previewLines({ requests, choices }: Preview): string[] {
  const cells = requests.flatMap((request) => request.cells);
  const tokens = cells.reduce((sum, cell) => sum + cell.in + cell.out + cell.cr + cell.cw, 0);
  const days = new Set(cells.map(({ day }) => day));
  const bytes = requests.reduce((sum, request) => sum + request.bytes.length, 0);
  const models = [...new Set(cells.map(({ model }) => model))].sort();
  return [
    cells.length === 0
      ? `The first upload holds no totals yet: days from ${choices.since} on follow when they are over.`
      : `The first upload holds ${counted(cells.length, 'total')} of ${counted(days.size, 'day')}, ${compact(tokens)} tokens, as models: ${models.join(', ')}.`,
    `It is ${counted(bytes, 'byte')} in ${counted(requests.length, 'request')}; 'tokenboard team preview LINK' with the same flags shows each of them.`,
  ];
}

/** What came of a sync, in a sentence. */
export function syncSentence(outcome: SyncOutcome, team: Team): string {
  const { membership } = team.store.state();
  const name = harmless(membership?.organisation ?? 'the team');
  switch (outcome.kind) {
    case 'synced':
      return outcome.cells === 0
        ? `Nothing new for ${name}.`
        : `${name} has what is new: ${counted(outcome.cells, 'total')} taken.`;
    case 'failed':
      return sentence(failureCode(outcome.failure), name);
    case 'halted':
      return sentence(haltCodes[outcome.halt.kind], name);
    case 'ended':
      return sentence('member_erased', harmless(outcome.organisation));
    case 'forbidden':
      return sentence('forbidden', name, team.machinePolicy().file);
    case 'signed_out':
      return sentence('signed_out_command', name);
    case 'busy':
      return 'Another window is syncing at this moment.';
    case 'waiting':
      return 'It is not time to sync yet.';
    case 'left':
      return 'The server has confirmed that you left.';
    case 'off':
    case 'paused':
    case 'leaving':
      return sentence(outcome.kind, name);
  }
}

const haltCodes = {
  consent: 'consent_required',
  overlap: 'device_overlap_command',
  upgrade: 'upgrade_required',
} as const;

/** Whether an outcome is one that a script should notice. */
export function exitCode(outcome: SyncOutcome): number {
  return ['synced', 'waiting', 'paused', 'busy', 'left', 'off'].includes(outcome.kind) ? 0 : 1;
}
