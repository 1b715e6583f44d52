import type { SignedIn } from '../../team/protocol/sign-in.ts';
import type { ClientKind } from '../../team/protocol/terms.ts';
import { problemError } from '../http/problem-error.ts';
import { hashOf, newSecret, newTokens } from '../http/secrets.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { SignedInPerson } from '../store/port-sign-in.ts';
import { beginAbsence } from './membership.ts';
import type { Told } from './provider.ts';
import { roleOf, verdictOn } from './rules.ts';
import type { OidcSignIn } from './sign-in-context.ts';

/** A ticket waits for a consent that was given before the sign-in. */
const ticketMs = 15 * 60_000;

/**
 * The person of a sign-in, by the provider's word; undefined where the rules do not let the person in, which ends a membership
 * that there was.
 */
export async function admitted(
  context: ServerContext,
  { config, seal }: OidcSignIn,
  { sub, claims, refreshToken }: Told,
): Promise<SignedInPerson | undefined> {
  const now = context.now();
  if (sub === undefined) return undefined;
  const subject = seal.subjectOf(config.issuer, sub);
  const verdict = verdictOn(claims, config);
  if (verdict !== 'in') {
    await beginAbsence(context, subject, verdict);
    return undefined;
  }
  const sealed = refreshToken === undefined ? null : seal.seal(subject, refreshToken);
  return { subject, role: roleOf(claims, config) ?? null, sealed, checkedAt: now };
}

/** Tokens for a member, whose machine it becomes; a ticket for anyone else. Throws `too_many_devices`. */
export async function arrive(
  { store, org, now: clock }: ServerContext,
  person: SignedInPerson,
  { device, client }: { readonly device: string; readonly client: { readonly kind: ClientKind } },
): Promise<SignedIn> {
  const now = clock();
  const tokens = newTokens(now);
  const result = await store.signIn({
    org,
    person,
    device: { deviceKey: hashOf(device), client: client.kind, tokens: tokens.kept },
    now,
  });
  if (result.outcome === 'too_many_devices') throw problemError('too_many_devices');
  if (result.outcome === 'member') {
    const { member, device: id, joinedDay } = result;
    return { member: { member, device: id, joinedDay, tokens: tokens.told }, ticket: null };
  }
  const ticket = newSecret();
  const expiresAt = now + ticketMs;
  await store.createTicket({ org, hash: hashOf(ticket), person, expiresAt, now });
  return { member: null, ticket: { ticket, expiresAt: new Date(expiresAt).toISOString() } };
}
