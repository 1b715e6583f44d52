import { problemError } from '../http/problem-error.ts';
import type { ServerContext } from '../http/server-context.ts';
import { eraseNoted } from '../store/noted-erasure.ts';
import type { IdentityRecord } from '../store/port-sign-in.ts';
import type { ProviderError, Told } from './provider.ts';
import { roleOf, type Verdict, verdictOn } from './rules.ts';
import type { OidcSignIn } from './sign-in-context.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Whom the rules exclude is erased as whoever leaves: within a day. */
const excludedMs = 24 * hourMs;
/** Without a refresh token of the provider's, a sign-in says for so long who one is. */
const unsealedMs = 24 * hourMs;
/** Each member is asked about daily, also one who is away; well before the day is over. */
const roundMs = 20 * hourMs;
/** So long nobody else asks about the same person, and a provider that failed has peace. */
const leaseMs = minuteMs;
const roundSize = 100;
const atOnce = 4;

type Outcome = 'in' | 'absent' | 'unavailable';

/**
 * Asks the provider, before tokens are renewed, whether the member still belongs to the organisation. Throws `token_invalid`
 * where not, and `unavailable` where the provider could not say so for longer than the time of grace.
 */
export async function confirmMembership(context: ServerContext, refresh: string): Promise<void> {
  const { oidc, store, org } = context;
  if (oidc === undefined) return;
  const found = await store.identity({ refresh });
  if (found === null) return;
  const now = context.now();
  const age = now - found.checkedAt;
  const { recheckMs, graceMs } = oidc.config;
  const due = { checkedBefore: now - recheckMs, unsealedBefore: now - unsealedMs };
  if (age < (found.sealed === null ? unsealedMs : recheckMs)) return;
  const order = { org, subject: found.subject, ...due, leaseUntil: now + leaseMs, limit: 1, now };
  const [claimed] = await store.claimIdentities(order);
  const outcome = claimed === undefined ? 'unavailable' : await ask(context, oidc, claimed);
  if (outcome === 'absent') throw problemError('token_invalid');
  if (outcome === 'unavailable' && age >= graceMs) throw problemError('unavailable', { retryAfterSec: 60 });
}

/**
 * Rule 22: who is not in the organisation any more is signed out and off all boards at once, and erased later: within a day
 * where the provider says so, else when the time is over in which one can sign in again.
 */
export async function beginAbsence(
  { store, org, oidc, sessions, snapshots, now: clock }: ServerContext,
  subject: string,
  verdict: Exclude<Verdict, 'in'>,
): Promise<void> {
  const now = clock();
  const { absenceMs = 0 } = oidc?.config ?? {};
  const leavesAt = now + (verdict === 'out' ? Math.min(excludedMs, absenceMs) : absenceMs);
  const member = await store.beginAbsence({ org, subject, leavesAt, now });
  if (member === null) return;
  sessions.forget(member);
  snapshots.forget();
  oidc?.note({ verdict }, 'a member is not confirmed by the sign-in any more');
}

/** Asks about everyone once a day, also about those whose editors are closed, and erases whoever was absent for long enough. */
export async function membershipRound(context: ServerContext, oidc: OidcSignIn): Promise<void> {
  const { store, org, erasures } = context;
  const now = context.now();
  const claimed = await store.claimIdentities({
    org,
    subject: null,
    checkedBefore: now - roundMs,
    unsealedBefore: now - unsealedMs,
    leaseUntil: now + leaseMs,
    limit: roundSize,
    now,
  });
  const waiting = [...claimed];
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      if ((await ask(context, oidc, one)) === 'unavailable') waiting.length = 0;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const member of await store.leavers({ org, limit: roundSize, now })) {
    const by = { member: null, role: null };
    const outcome = await eraseNoted(store, erasures, { org, member, by, action: 'member.leave', now });
    if (outcome === 'last_owner') oidc.note({}, 'the last owner is not confirmed by the sign-in any more');
    context.sessions.forget(member);
  }
}

async function ask(context: ServerContext, oidc: OidcSignIn, identity: IdentityRecord): Promise<Outcome> {
  const { config, provider, seal, note } = oidc;
  const { subject } = identity;
  // Another key than the one it was sealed with: sign in again.
  const refreshToken = identity.sealed === null ? undefined : seal.open(subject, identity.sealed);
  let verdict: Verdict = 'unclear';
  let told: Told | undefined;
  try {
    told = refreshToken === undefined ? undefined : await provider.renew(refreshToken);
  } catch (error) {
    const { failure, message } = error as ProviderError;
    if (failure !== 'refused') {
      note({ problem: message }, 'the provider of the sign-in could not be asked about a member');
      return 'unavailable';
    }
  }
  if (told !== undefined) {
    const same = told.sub === undefined || seal.subjectOf(config.issuer, told.sub) === subject;
    verdict = same ? verdictOn(told.claims, config) : 'unclear';
  }
  if (told === undefined || refreshToken === undefined || verdict !== 'in') {
    await beginAbsence(context, subject, verdict === 'out' ? 'out' : 'unclear');
    return 'absent';
  }
  const sealed = seal.seal(subject, told.refreshToken ?? refreshToken);
  const now = context.now();
  const person = { subject, role: roleOf(told.claims, config) ?? null, sealed, checkedAt: now };
  await context.store.signIn({ org: context.org, person, device: null, now });
  return 'in';
}
