import { startingChoices } from '../team/choices.ts';
import { acceptInvitation, type JoinRefusal, type OpenInvitation, openInvitation } from '../team/join.ts';
import { nextUpload } from '../team/next-upload.ts';
import { type Preview, previewUpload } from '../team/preview.ts';
import type { DeviceCodes } from '../team/protocol/sign-in.ts';
import { refusalSentence } from '../team/sentences.ts';
import { utcDay } from '../team/shared-days.ts';
import { deviceSignIn } from '../team/sign-in.ts';
import type { Team } from '../team/team.ts';
import type { Arguments } from './arguments.ts';
import { confirmed } from './confirmed.ts';
import { tell } from './counting.ts';
import { pipedText } from './piped-text.ts';
import { print } from './print.ts';
import { askChoices, choicesAsked, mayAsk, sayWithFlag } from './team-choices.ts';
import type { TeamAct } from './team-command.ts';
import { exitCode, policyLines, previewLines, syncSentence } from './team-words.ts';
import { terminalOf } from './terminal.ts';
import { harmless } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

const pipeMs = 5000;

/** `tokenboard team join LINK` or `ADDRESS`: policy, preview, consent, and only then an account. */
export const joinAct: TeamAct = async (team, asked, [word]) => {
  if (word === undefined)
    throw new UsageError("'tokenboard team join' needs the invite link, in quotes, or the board's address.");
  const starting = startingChoices(utcDay(team.now()));
  let choices = choicesAsked(asked, starting);
  if (!asked.is('yes') && !mayAsk()) {
    throw new UsageError("'tokenboard team join' asks first; where there is no terminal, say --yes.");
  }
  const link = await linkOf(word);
  const opened = await openInvitation(team, link);
  if (opened.kind !== 'open') return refuse(team, opened);
  const { open } = opened;
  const { policy, invitation } = open;
  let preview: Preview | null = null;
  if (policy !== null && !open.signsIn) {
    const { width } = terminalOf(process.stdout, process.env);
    print([...policyLines(policy, invitation.origin, width), '']);
    if (invitation.kind === 'device') choices = { ...choices, models: invitation.models };
    else if (!asked.is('yes')) choices = await askChoices(choices, policy);
    if (invitation.kind !== 'device' && choices.visibility === null && !asked.is('yes')) return cancelled();
    preview = await previewUpload(team, policy, choices);
    print(previewLines(preview));
  }
  if (!asked.is('yes') && !(await confirmed(questionOf(open), process.stdin, process.stderr))) {
    return cancelled();
  }
  const joined = await acceptInvitation(team, open, choices, preview, deviceSignIn(tellCode));
  if (joined.kind !== 'joined') return refuse(team, joined);
  const { membership, firstSync } = joined;
  print([
    policy === null
      ? `You are the owner of ${membership.origin} now. State what the board is for: 'tokenboard admin policy' on its machine.`
      : `You share daily totals with ${harmless(membership.organisation)} now. 'tokenboard team leave' takes it all back.`,
    ...(firstSync === null ? [] : [syncSentence(firstSync, team)]),
  ]);
  return firstSync === null ? 0 : exitCode(firstSync);
};

/** `tokenboard team preview [LINK]`: the bytes, on standard output and nothing else. */
export const previewAct: TeamAct = async (team, asked, [link]) => {
  if (link === undefined) {
    const bodies = await nextUpload(team);
    if (bodies.length === 0) tell(['there is nothing to send.']);
    else print(bodies.map(({ bytes }) => bytes));
    return 0;
  }
  const preview = await previewOf(team, asked, link);
  if (typeof preview === 'number') return preview;
  print(preview.requests.map(({ bytes }) => bytes));
  return 0;
};

async function previewOf(team: Team, asked: Arguments, link: string): Promise<Preview | number> {
  const opened = await openInvitation(team, await linkOf(link));
  if (opened.kind !== 'open') return refuse(team, opened);
  const { policy, invitation } = opened.open;
  if (policy === null) return refuse(team, { kind: 'no_policy' });
  const choices = choicesAsked(asked, startingChoices(utcDay(team.now())));
  return await previewUpload(
    team,
    policy,
    invitation.kind === 'device' ? { ...choices, models: invitation.models } : choices,
  );
}

/** On standard error, for a script may read the rest. */
function tellCode({ url, userCode, expiresIn }: DeviceCodes): void {
  const minutes = Math.round(expiresIn / 60);
  tell([
    `sign in to go on. Open ${harmless(url)} in a browser, on any machine, and enter this code there:`,
    '',
    `  ${harmless(userCode)}`,
    '',
    `It holds for ${minutes} minutes. Give it to nobody. Waiting …`,
  ]);
}

function cancelled(): number {
  print(['Nothing was shared, and nobody was told.']);
  return 1;
}

/** `-` stands for a link that is piped in, so that the secret in it is in no list of processes. */
async function linkOf(word: string): Promise<string> {
  return word === '-' ? await pipedText(process.stdin).within(pipeMs) : word;
}

function questionOf({ policy, signsIn, invitation }: OpenInvitation): string {
  if (signsIn) return `Sign in to ${invitation.origin} again?`;
  if (policy === null) return `Become the owner of ${invitation.origin}?`;
  return `Do you agree to this policy, and to sharing this with ${harmless(policy.organisation)}?`;
}

function refuse(team: Team, refusal: JoinRefusal): number {
  tell([harmless(refusalSentence(refusal, team.machinePolicy().file, sayWithFlag))]);
  return 1;
}
