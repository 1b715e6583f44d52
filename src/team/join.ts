import { inTransaction } from '../ledger/transaction.ts';
import { adoptConsent } from './adopt-consent.ts';
import { call } from './call.ts';
import { keepCells } from './cell-table.ts';
import { type ChoiceProblem, type Choices, choiceProblems, consentOf } from './choices.ts';
import { markDevice } from './device.ts';
import { type Failure, failed, isProblem, type Result, succeeded } from './failure.ts';
import { forgetTeam } from './forget-team.ts';
import { endJoinAttempt, isRefused, joinAttempt } from './join-attempt.ts';
import { type Invitation, type LinkProblem, readInvitation } from './link.ts';
import { mayShareWith } from './machine-policy.ts';
import { isPreviewOf, type Preview } from './preview.ts';
import type { ConsentChoice } from './protocol/consent.ts';
import type { JoinAnswer } from './protocol/join.ts';
import { protocolVersion } from './protocol/limits.ts';
import type { Meta, Policy } from './protocol/policy.ts';
import { holdSpare } from './session.ts';
import type { SignIn } from './sign-in.ts';
import { type Membership, noTeam, type Share } from './state.ts';
import { type SyncOutcome, syncNow } from './sync.ts';
import type { Team } from './team.ts';

/** An invitation whose server was asked for its policy, and for nothing else: there is no account, and no trace on this disk. */
export interface OpenInvitation {
  readonly invitation: Invitation;
  readonly meta: Meta;
  /** Null on a server whose owner, who may come in by the set-up link, has not stated one yet. */
  readonly policy: Policy | null;
  /** This machine shares with that server already, and this client signs in once more. */
  readonly signsIn: boolean;
}

/** Why an invitation leads nowhere. */
export type JoinRefusal =
  | { readonly kind: 'link'; readonly problem: LinkProblem }
  /** This machine shares with a team: leave it first. */
  | { readonly kind: 'member'; readonly organisation: string }
  /** Leaving the team before is not confirmed yet. */
  | { readonly kind: 'leaving'; readonly organisation: string }
  | { readonly kind: 'closed'; readonly notice: string }
  | { readonly kind: 'no_policy' }
  /** A server's address alone, but people join there by invite. */
  | { readonly kind: 'no_sign_in' }
  /** The server speaks no protocol that this version knows. */
  | { readonly kind: 'version'; readonly server: string }
  | { readonly kind: 'choices'; readonly problems: readonly ChoiceProblem[] }
  /** The choices are others than those of the preview: show it again. */
  | { readonly kind: 'preview' }
  | { readonly kind: 'failure'; readonly failure: Failure };

export type Opened = { readonly kind: 'open'; readonly open: OpenInvitation } | JoinRefusal;
export type Joined =
  | { readonly kind: 'joined'; readonly membership: Membership; readonly firstSync: SyncOutcome | null }
  | JoinRefusal;

/** Step one: reads a link and asks its server for the policy. */
export async function openInvitation(team: Team, text: string): Promise<Opened> {
  const invitation = readInvitation(text);
  if (typeof invitation === 'string') return { kind: 'link', problem: invitation };
  const { origin, kind } = invitation;
  const { membership, leaving } = team.store.state();
  if (leaving !== null) return { kind: 'leaving', organisation: leaving.membership.organisation };
  const signsIn =
    membership?.origin === origin &&
    (kind === 'device' || kind === 'address') &&
    (await team.tokens.get(origin)) === undefined;
  if (membership !== null && !signsIn) return { kind: 'member', organisation: membership.organisation };
  if (!mayShareWith(team.machinePolicy(), origin)) return { kind: 'failure', failure: { kind: 'forbidden' } };
  const told = await call(team, 'meta', { origin });
  if (!told.ok) return { kind: 'failure', failure: told.failure };
  const meta = told.value.value;
  if (meta.protocol.min > protocolVersion || meta.protocol.max < protocolVersion) {
    return { kind: 'version', server: meta.server };
  }
  if (kind === 'address' && !meta.signIn) return { kind: 'no_sign_in' };
  if (meta.closed !== null) return { kind: 'closed', notice: meta.closed };
  if (meta.policy === null && kind !== 'set-up') return { kind: 'no_policy' };
  return { kind: 'open', open: { invitation, meta, policy: meta.policy, signsIn } };
}

/**
 * Step three, after the person has seen policy and preview and agreed: joins, keeps what is needed to go on after a restart, and
 * sends the first upload as it was previewed. `choices` and `preview` are null for a sign-in and before there is a policy; by a
 * device's code, visibility and switches are those that the member has chosen before. `signIn` is asked at a server's address.
 */
export async function acceptInvitation(
  team: Team,
  open: OpenInvitation,
  choices: Choices | null,
  preview: Preview | null,
  signIn: SignIn = async () => failed({ kind: 'cancelled' }),
): Promise<Joined> {
  const { invitation, policy } = open;
  const { origin, kind } = invitation;
  const asksConsent = !open.signsIn && kind !== 'device' && policy !== null;
  if (policy !== null && !open.signsIn) {
    if (choices === null || preview === null || !isPreviewOf(preview, choices, policy)) return { kind: 'preview' };
    const problems = asksConsent ? choiceProblems(choices, policy) : [];
    if (problems.length > 0) return { kind: 'choices', problems };
  }
  const consent = choices !== null && policy !== null && asksConsent ? consentOf(choices, policy) : null;
  const told = consent === null ? {} : { consent };
  // It ended between the tokens and the membership: the invite is used, and the person is a member.
  const before = open.signsIn ? undefined : await memberBefore(team, origin, consent);
  let held = await team.tokens.get(origin);
  let member = before;
  const { device, attempt } = joinAttempt(team, invitation);
  if (member === undefined) {
    const came = await comeIn(team, open, { device, attempt, ...told }, signIn);
    if (!came.ok) {
      if (isRefused(came.failure)) endJoinAttempt(team);
      return { kind: 'failure', failure: came.failure };
    }
    member = came.value.member;
    held = { pair: came.value.member.tokens, receivedAt: team.now() };
    // Tokens first: without them a membership could not even be left.
    await team.tokens.set(origin, held);
    if (came.value.known && consent !== null) {
      const given = await call(team, 'giveConsent', { origin, body: consent });
      if (!given.ok) return { kind: 'failure', failure: given.failure };
    }
  }
  markDevice(team, device);
  endJoinAttempt(team);
  const membership = open.signsIn
    ? (team.store.state().membership as Membership)
    : keepMembership(team, open, member, consent, choices, preview);
  if (held !== undefined && held.spare === undefined) await holdSpare(team, origin, held);
  const current = consent === null && !open.signsIn ? await adoptConsent(team, membership) : membership;
  return {
    kind: 'joined',
    membership: current,
    firstSync: policy === null ? null : await syncNow(team, { now: true }),
  };
}

/** A member: made by an invite, a code or the ticket of a sign-in; or found by a sign-in, with a consent of before (`known`). */
async function comeIn(
  team: Team,
  { invitation: { kind, origin, secret }, signsIn }: OpenInvitation,
  asked: { readonly device: string; readonly attempt: string; readonly consent?: ConsentChoice },
  signIn: SignIn,
): Promise<Result<{ readonly member: JoinAnswer; readonly known: boolean }>> {
  let invite = secret;
  if (kind === 'address') {
    const signed = await signIn(team, origin, asked.device);
    if (!signed.ok) return signed;
    const { member, ticket } = signed.value;
    if (member !== null) return succeeded({ member, known: true });
    if (ticket === null) return failed({ kind: 'bad_answer' });
    if (signsIn) {
      // The server has erased the member meanwhile: who wants to join again is asked for consent again.
      const { membership } = team.store.state();
      await forgetTeam(team, origin, membership?.organisation);
      const problem = {
        type: 'about:blank',
        title: 'The member was erased',
        status: 410,
        code: 'member_erased' as const,
      };
      return failed({ kind: 'problem', problem });
    }
    invite = ticket.ticket;
  }
  const answer = await call(team, 'join', { origin, body: { invite, client: team.client, ...asked } });
  return answer.ok ? succeeded({ member: answer.value.value, known: false }) : answer;
}

type Member = Pick<JoinAnswer, 'member' | 'device' | 'joinedDay'>;

/** Whom the tokens that are here already stand for; tokens that stand for nobody any more are dropped. */
async function memberBefore(team: Team, origin: string, consent: ConsentChoice | null): Promise<Member | undefined> {
  if ((await team.tokens.get(origin)) === undefined) return undefined;
  const me = await call(team, 'me', { origin });
  if (!me.ok) {
    if (me.failure.kind === 'signed_out' || isProblem(me.failure, 'member_erased')) await team.tokens.delete(origin);
    return undefined;
  }
  if (consent !== null) {
    const given = await call(team, 'giveConsent', { origin, body: consent });
    if (!given.ok) return undefined;
  }
  return me.value.value;
}

function keepMembership(
  team: Team,
  { invitation, policy, meta }: OpenInvitation,
  { member, device, joinedDay }: Member,
  consent: ConsentChoice | null,
  choices: Choices | null,
  preview: Preview | null,
): Membership {
  const share: Share = { since: choices?.since ?? joinedDay, exclude: choices?.exclude ?? [] };
  const membership: Membership = {
    origin: invitation.origin,
    organisation: meta.policy?.organisation ?? new URL(invitation.origin).host,
    ...{ member, device, joinedDay, joinedAt: team.now(), policy, share },
    consent: consent ?? (policy === null ? null : quietConsent(policy, choices?.models ?? invitation.models)),
    consentTold: true,
  };
  const database = team.store.database();
  // Cells and bytes before the membership, without which they are nothing.
  inTransaction(database, () => {
    database.exec('DELETE FROM cell; DELETE FROM frozen');
    const freeze = database.prepare('INSERT INTO frozen (body) VALUES (?)');
    for (const { bytes, cells } of preview?.requests ?? []) {
      freeze.run(bytes);
      keepCells(database, cells);
    }
  });
  const seq = team.store.state().seq + (preview?.requests.length ?? 0);
  team.store.change(() => ({ ...noTeam, membership, seq }));
  return membership;
}

/** Until the server tells what a member has agreed to elsewhere: the least. */
function quietConsent(policy: Policy, models: boolean): ConsentChoice {
  const { version, sha256 } = policy;
  const off = { badges: false, timeBadges: false, displayName: null };
  return { policyVersion: version, policySha256: sha256, visibility: 'aggregate', boards: [], models, ...off };
}
