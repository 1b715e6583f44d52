import { changeChoices, readMeta } from '../team/change.ts';
import { choicesOf } from '../team/choices.ts';
import { failureCode } from '../team/failure.ts';
import { sentence } from '../team/sentences.ts';
import { confirmed } from './confirmed.ts';
import { tell } from './counting.ts';
import { print } from './print.ts';
import { choicesAsked, mayAsk, sayWithFlag } from './team-choices.ts';
import type { TeamAct } from './team-command.ts';
import { exitCode, policyLines, syncSentence } from './team-words.ts';
import { terminalOf } from './terminal.ts';
import { harmless } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

/** `tokenboard team change`: other choices, and a policy that has changed, after it was shown. What no flag names is switched off. */
export const changeAct: TeamAct = async (team, asked) => {
  const { membership } = team.store.state();
  if (membership === null) {
    tell([sentence('off')]);
    return 1;
  }
  const meta = await readMeta(team, membership.origin);
  if (!meta.ok) {
    tell([sentence(failureCode(meta.failure), harmless(membership.organisation), team.machinePolicy().file)]);
    return 1;
  }
  const { policy } = meta.value;
  if (policy === null) {
    tell([sentence('policy_missing', harmless(membership.organisation))]);
    return 1;
  }
  const before = membership.consent === null ? null : choicesOf(membership.consent, membership.share);
  const off = { models: false, badges: false, timeBadges: false };
  const kept = before ?? { visibility: null, boards: [], ...off, displayName: null, ...membership.share };
  const choices = choicesAsked(asked, { ...kept, ...off });
  if (policy.version !== membership.policy?.version) {
    const { width } = terminalOf(process.stdout, process.env);
    print([...policyLines(policy, membership.origin, width), '']);
  }
  const onOff = (on: boolean): string => (on ? 'told' : 'not told');
  print([
    `You appear as: ${choices.visibility ?? 'not chosen'}. Models are ${onOff(choices.models)}, badges ${onOff(choices.badges)}, those that tell when you work ${onOff(choices.timeBadges)}.`,
    `Shared from ${choices.since} on; left out: ${choices.exclude.map(harmless).join(', ') || 'no folder'}.`,
  ]);
  if (!asked.is('yes')) {
    if (!mayAsk()) throw new UsageError("'tokenboard team change' asks first; where there is no terminal, say --yes.");
    if (!(await confirmed('Do you agree?', process.stdin, process.stderr))) {
      print(['Nothing was changed.']);
      return 1;
    }
  }
  const changed = await changeChoices(team, choices, policy);
  if (changed.kind === 'choices') {
    tell(changed.problems.map((problem) => sayWithFlag(problem)));
    return 1;
  }
  if (changed.kind === 'off') return 1;
  print([syncSentence(changed.sync, team)]);
  return exitCode(changed.sync);
};
