import type { Membership } from './state.ts';

/** Whether a membership is still the one of before, by the same choices and under the same policy. */
export function isSameTerms(now: Membership | null, before: Membership): boolean {
  return now !== null && termsOf(now) === termsOf(before);
}

function termsOf({ origin, device, policy, consent, share }: Membership): string {
  return JSON.stringify([origin, device, policy?.version, consent, share]);
}
