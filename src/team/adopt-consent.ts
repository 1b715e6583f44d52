import { call } from './call.ts';
import type { Membership } from './state.ts';
import type { Team } from './team.ts';

/** Takes over what the member has agreed to, on whatever machine; gives the membership as it then is. */
export async function adoptConsent(team: Team, membership: Membership): Promise<Membership> {
  const answer = await call(team, 'me', { origin: membership.origin });
  if (!answer.ok || answer.value.value.consent === null) return membership;
  const { at: _at, ...consent } = answer.value.value.consent;
  const state = team.store.change((now) =>
    now.membership === null || !now.membership.consentTold
      ? now
      : { ...now, membership: { ...now.membership, consent } },
  );
  return state.membership ?? membership;
}
