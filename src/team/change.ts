import { call } from './call.ts';
import { type ChoiceProblem, type Choices, choiceProblems, consentOf } from './choices.ts';
import { type Failure, isProblem, type Result } from './failure.ts';
import { deviceLink } from './link.ts';
import type { Meta, Policy } from './protocol/policy.ts';
import { tellConsent } from './send.ts';
import { type SyncOutcome, syncNow } from './sync.ts';
import type { Team } from './team.ts';

export type Changed =
  /** Holds here at once; the outcome tells whether the server knows it as well, or hears of it with the next sync. */
  | { readonly kind: 'changed'; readonly sync: SyncOutcome }
  | { readonly kind: 'choices'; readonly problems: readonly ChoiceProblem[] }
  | { readonly kind: 'off' };

/**
 * Changes what is shared and as what one stands: switches, visibility, folders, first day. With a policy that was read anew it is
 * the answer to being asked again.
 */
export async function changeChoices(team: Team, choices: Choices, policy?: Policy): Promise<Changed> {
  const { membership } = team.store.state();
  const agreed = policy ?? membership?.policy ?? null;
  if (membership === null || agreed === null) return { kind: 'off' };
  const problems = choiceProblems(choices, agreed);
  if (problems.length > 0) return { kind: 'choices', problems };
  const consent = consentOf(choices, agreed);
  const { since, exclude } = choices;
  // What was previewed for the first upload is not what is agreed to now.
  team.store.database().exec('DELETE FROM frozen');
  team.store.change((state) => ({
    ...state,
    membership: { ...membership, policy: agreed, consent, consentTold: false, share: { since, exclude } },
    halt: state.halt?.kind === 'consent' ? null : state.halt,
    failing: null,
    nextAt: 0,
  }));
  const sync = await syncNow(team, { now: true });
  // What is paused or waits for an answer are counts: who wants to be hidden is so at once.
  if (sync.kind === 'paused' || sync.kind === 'halted') await tellConsent({ team, requests: 0 });
  return { kind: 'changed', sync };
}

/** The server's policy of now, with everything that is public. */
export async function readMeta(team: Team, origin: string): Promise<Result<Meta>> {
  const answer = await call(team, 'meta', { origin });
  return answer.ok ? { ok: true, value: answer.value.value } : answer;
}

/** After `overlap`: takes the other device of the same counts off the server, and sends this one's. */
export async function replaceDevice(team: Team, device: number): Promise<Result<SyncOutcome>> {
  const { membership } = team.store.state();
  if (membership === null) return { ok: true, value: { kind: 'off' } };
  const answer = await call(team, 'removeDevice', { origin: membership.origin, params: { id: device } });
  // Gone already is as good.
  if (!answer.ok && !isProblem(answer.failure, 'not_found')) return answer;
  team.store.change((state) => ({ ...state, halt: null, failing: null, nextAt: 0 }));
  return { ok: true, value: await syncNow(team, { now: true }) };
}

/** A link that adds another machine, or another client on this one, to this member: for ten minutes and once. */
export async function newDeviceLink(
  team: Team,
): Promise<Result<{ readonly link: string; readonly expiresAt: string }>> {
  const { membership } = team.store.state();
  if (membership === null) return { ok: false, failure: notJoined };
  const answer = await call(team, 'deviceCode', { origin: membership.origin, body: {} });
  if (!answer.ok) return answer;
  const { code, expiresAt } = answer.value.value;
  const link = deviceLink(membership.origin, code, membership.consent?.models ?? false);
  return { ok: true, value: { link, expiresAt } };
}

/** What is answered where nobody has joined. */
export const notJoined: Failure = { kind: 'signed_out' };
