import { confirmMembership } from '../oidc/membership.ts';
import { consentDraft } from './consent-draft.ts';
import { currentPolicy } from './policies.ts';
import { problemError } from './problem-error.ts';
import type { Handlers } from './route.ts';
import { hashOf, newTokens } from './secrets.ts';

const joinProblems = {
  invalid: 'invite_invalid',
  expired: 'invite_expired',
  used: 'invite_used',
  consent_required: 'consent_required',
  policy_changed: 'policy_changed',
  policy_missing: 'policy_missing',
  too_many_devices: 'too_many_devices',
} as const;

const rotateProblems = {
  unknown: 'token_invalid',
  expired: 'token_expired',
  reused: 'token_reused',
  erased: 'member_erased',
} as const;

/** Coming and going: joining, tokens, signing out, consent. */
export const accessHandlers: Pick<
  Handlers,
  'join' | 'refresh' | 'sibling' | 'logout' | 'giveConsent' | 'withdrawConsent'
> = {
  async join({ store }, { body, now }) {
    const tokens = newTokens(now);
    const result = await store.join({
      invite: hashOf(body.invite),
      deviceKey: hashOf(body.device),
      client: body.client.kind,
      consent: body.consent === undefined ? null : consentDraft(body.consent),
      tokens: tokens.kept,
      attempt: body.attempt === undefined ? undefined : hashOf(`${body.invite} ${body.attempt}`),
      now,
    });
    if (result.outcome !== 'joined') throw problemError(joinProblems[result.outcome]);
    const { member, device, joinedDay } = result;
    return { member, device, joinedDay, tokens: tokens.told };
  },

  async refresh(context, { body, now }) {
    const { store } = context;
    await confirmMembership(context, hashOf(body.refreshToken));
    const tokens = newTokens(now);
    const result = await store.rotate({ refresh: hashOf(body.refreshToken), tokens: tokens.kept, now });
    if (result.outcome !== 'rotated') throw problemError(rotateProblems[result.outcome]);
    return tokens.told;
  },

  async sibling({ store }, { session, body, now }) {
    const tokens = newTokens(now);
    const { org, member, device } = session;
    const family = await store.openFamily({ org, member, device, client: body.client.kind, tokens: tokens.kept, now });
    if (family === null) throw problemError('member_erased');
    return tokens.told;
  },

  async logout({ store, sessions }, { session }) {
    await store.revokeFamily({ org: session.org, family: session.family });
    sessions.forget(session.member);
  },

  async giveConsent({ store, sessions, snapshots }, { session, body, now }) {
    const { org, member } = session;
    const result = await store.setConsent({ org, member, consent: consentDraft(body), now });
    sessions.forget(member);
    snapshots.forget();
    if (result === 'policy_changed') {
      throw problemError('policy_changed', { policyVersion: (await currentPolicy(store)).version });
    }
    if (result === 'policy_missing') throw problemError('policy_missing');
    if (result === 'gone') throw problemError('member_erased');
    return { ...body, at: new Date(now).toISOString() };
  },

  async withdrawConsent({ store, sessions, snapshots }, { session, now }) {
    await store.setConsent({ org: session.org, member: session.member, consent: null, now });
    sessions.forget(session.member);
    snapshots.forget();
  },
};
