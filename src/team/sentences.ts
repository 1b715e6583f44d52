import { failureCode } from './failure.ts';
import type { JoinRefusal } from './join.ts';
import type { TeamStatus } from './status.ts';

const theTeam = 'the team';

/** What every code means, for people; `{0}` and `{1}` are filled in. The texts are in this form so that an editor can translate them. */
export const sentences: Readonly<Record<string, string>> = {
  // How sharing stands.
  off: 'Sharing is off: nothing leaves this machine.',
  on: 'Sharing daily totals with {0}.',
  paused: 'Sharing with {0} is paused until you resume it.',
  paused_until: 'Sharing with {0} is paused until {1}.',
  leaving: 'You have left {0}. Its server has not confirmed the erasure yet; it is asked until it does.',
  leaving_last_owner:
    'Nothing is shared any more, but the server of {0} keeps your account: you are its last owner. Make someone else an owner, or close the board.',
  leaving_signed_out:
    'Nothing is shared any more, but the server of {0} no longer accepts this machine, so it could not be told. Ask its owner to erase you.',
  member_erased: 'The server of {0} has erased you. Nothing is shared, and this machine has forgotten the team.',
  signed_out:
    'This machine is signed out of {0}. Nothing is sent until you sign in again: with the board’s address where you joined by it, else with a link from another of your machines.',
  signed_out_command:
    'This command is not signed in to {0}, though an editor on this machine may be. Sign in with a link from it or from another of your machines: tokenboard team join LINK.',
  // A person has to decide.
  consent_required: 'The policy of {0} has changed. Nothing is sent until you have read it and agreed again.',
  policy_changed: 'The policy has changed while you were reading it. Please read it again.',
  policy_missing: 'The owner of {0} has not stated a policy yet. Nothing is sent until then.',
  device_overlap:
    'Another of your machines has the very same counts. If this one replaces it, say so; nothing is counted twice.',
  device_overlap_command:
    'Another of your machines has the very same counts. If this one replaces it: tokenboard team replace. Nothing is counted twice.',
  clock_behind:
    'This machine’s clock is {0} behind the server’s. Days are counted by the server’s clock; set this one right.',
  clock_ahead:
    'This machine’s clock is {0} ahead of the server’s. Days are counted by the server’s clock; set this one right.',
  upgrade_required: 'The server of {0} needs a newer version of Tokenboard. Sharing goes on after the update.',
  telemetry_off:
    'Telemetry is switched off in this editor. Sharing with a team is something else, but nothing is sent until you have said whether you still want it.',
  owner_shares_not: 'You own this board. Nothing of yours is shared until you agree to its policy yourself.',
  // Parts of others.
  the_team: theTeam,
  a_pseudonym: 'a pseudonym',
  member_number: 'Member {0}',
  minutes: '{0} minutes',
  hours: '{0} hours',
  days: '{0} days',
  // The machine's policy.
  forbidden: 'Whoever runs this machine has switched team sharing off, in {1}.',
  forbidden_server: 'Whoever runs this machine allows sharing with other servers only, in {1}.',
  forbidden_unreadable:
    'The machine policy {1} cannot be understood, so nothing is shared. Ask whoever runs this machine.',
  // What goes wrong on the way.
  offline: 'The server cannot be reached. Everything is kept here and sent later.',
  timeout: 'The server did not answer in time. It is tried again.',
  unavailable: 'The server is not available at the moment. It is tried again.',
  certificate:
    'The server cannot prove who it is: its certificate is not valid for this machine. Nothing was sent. Check the clock, or ask who runs it.',
  captive_portal: 'A web page answered in the place of the server. Is there a network to sign in to?',
  redirected: 'The server sent this machine elsewhere, which is not followed. Ask who runs it for its right address.',
  too_large: 'The server answered with more than any board can be. Nothing of it was read.',
  bad_answer: 'What answered is no Tokenboard server, or one of another version.',
  rate_limited: 'The server asks for patience. It is tried again when it says so.',
  internal_error: 'The server has failed. It is tried again.',
  board_closed: 'The owner has closed the board of {0}. Nothing is sent while it is closed.',
  body_too_large: 'The server takes less at a time than it says. What it does not take is set aside.',
  invalid_request: 'The server finds what was sent wrong. It is set aside and not sent again.',
  set_aside: 'The server did not take some of your day totals. They stay here, and are sent again when they change.',
  // Invitations.
  invitation_gone: 'This invitation is not open any more. Open its link again.',
  no_link:
    'That is no invite link. It looks like https://board.example.org/join#… . A board with a sign-in is joined by its address alone.',
  incomplete: 'The link is not complete: its end is missing. Copy it whole.',
  insecure: 'The link is not https, so everyone on the way could read along. It is not used.',
  invite_invalid: 'The invite is not known to the server, or was withdrawn. Ask for a new one.',
  invite_used: 'The invite was used already. Ask for a new one.',
  invite_expired: 'The invite has expired. Ask for a new one.',
  too_many_devices: 'You have ten machines on this board already. Remove one first.',
  no_sign_in: 'People join this board by invite alone. Ask whoever runs it for an invite link.',
  cancelled: 'You have not signed in. Nothing was shared.',
  sign_in_denied: 'You were not let in: you said no in the browser, or your account may not be on this board.',
  sign_in_expired: 'The sign-in took too long, or was used already. Start it again.',
  name_taken: 'Someone else on this board has that name. Choose another.',
  member: 'This machine shares with {0} already. Leave it first.',
  closed: 'The owner has closed this board: {0}',
  no_policy: 'The owner of this server has not stated yet what the board is for. Try again later.',
  version: 'The server speaks another version of the protocol ({0}). Update Tokenboard, or ask who runs the server.',
  preview: 'What is to be shared has changed since it was shown. Look at it again.',
  visibility_missing: 'Choose first how you appear: by name, by pseudonym, or in sums only.',
  name_missing: 'To appear by name, enter one.',
  name_too_long: 'A name has at most 40 characters.',
  names_forbidden: 'This board shows no names. Choose pseudonym or sums only.',
  last_owner: 'You are the last owner of {0}. Make someone else an owner first, or close the board.',
  not_allowed: 'That is not yours to do on this board.',
  not_found: 'There is no such thing on this board.',
};

/** Says the sentence of a code, in whatever language. */
export type SayCode = (code: string, ...parts: readonly string[]) => string;

/** Fills in a sentence; a code without one is told as it is. `texts` are those of another language by the English ones. */
export function sentenceIn(texts: Readonly<Record<string, string>>, code: string, parts: readonly string[]): string {
  const english = sentences[code] ?? `The server refused: ${code}.`;
  const team = texts[theTeam] ?? theTeam;
  return (texts[english] ?? english).replace(/\{(\d)\}/g, (_all, index) => parts[Number(index)] ?? team);
}

/** A sentence in English. */
export function sentence(code: string, ...parts: readonly string[]): string {
  return sentenceIn({}, code, parts);
}

/** How sharing stands, in a sentence; `timeText` writes a moment as people here do. */
export function statusSentence(
  status: TeamStatus,
  timeText: (time: number) => string,
  say: SayCode = sentence,
): string {
  const { code, organisation, pausedUntil, machinePolicy } = status;
  const more =
    status.state === 'forbidden' ? machinePolicy.file : typeof pausedUntil === 'number' ? timeText(pausedUntil) : '';
  return say(code, organisation ?? say('the_team'), more);
}

/** Why an invitation leads nowhere, in a sentence. */
export function refusalSentence(refusal: JoinRefusal, policyFile: string, say: SayCode = sentence): string {
  switch (refusal.kind) {
    case 'link':
      return say(refusal.problem);
    case 'member':
    case 'leaving':
      return say(refusal.kind, refusal.organisation);
    case 'closed':
      return say('closed', refusal.notice);
    case 'version':
      return say('version', refusal.server);
    case 'choices':
      return refusal.problems.map((problem) => say(problem)).join(' ');
    case 'failure':
      return say(failureCode(refusal.failure), say('the_team'), policyFile);
    case 'no_policy':
    case 'no_sign_in':
    case 'preview':
      return say(refusal.kind);
  }
}
