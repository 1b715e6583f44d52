import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { SignInCallback, SignInQuery } from '../../team/protocol/sign-in.ts';
import { isOwnRedirect } from '../../team/protocol/sign-in-redirect.ts';
import { hashOf, newSecret } from '../http/secrets.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { SignedInPerson } from '../store/port-sign-in.ts';
import { beginWebSession, webSessionOf } from '../web/session.ts';
import { setSignInCookie, signInCookie } from './cookie.ts';
import { connectedPage, devicePage, editorPage, type SignInProblem, signInProblem } from './pages.ts';
import { type Goal, keep, type Passages, take } from './passages.ts';
import { admitted } from './person.ts';
import type { ProviderError, Told } from './provider.ts';
import type { OidcSignIn } from './sign-in-context.ts';

export const callbackPath = '/v1/auth/oidc/callback';
/** Says that one joins in an editor or with the command, where one sees before what would be shared. */
const joinFirst = '/join-first';
const secretPattern = /^[A-Za-z0-9_-]{43}$/;

/** Sends a browser to the provider. */
export async function beginSignIn(
  context: ServerContext,
  oidc: OidcSignIn,
  query: SignInQuery,
  reply: FastifyReply,
): Promise<void> {
  const goal = await goalOf(context, oidc, query, reply);
  if (goal === undefined) return await signInProblem(reply, noGoal[query.kind]);
  const { publicUrl } = context;
  const browser = signInCookie(reply.request, publicUrl) ?? newSecret();
  const [nonce, verifier] = [newSecret(), newSecret()];
  const state = await keep(context, oidc, 'state', { nonce, verifier, browser: hashOf(browser), goal });
  let url: URL;
  try {
    url = await oidc.provider.authorizationUrl(`${publicUrl}${callbackPath}`, {
      state,
      nonce,
      verifier,
      challenge: challengeOf(verifier),
    });
  } catch (error) {
    oidc.note({ problem: (error as Error).message }, 'the provider of the sign-in cannot be reached');
    return await signInProblem(reply, 'unavailable');
  }
  setSignInCookie(reply, publicUrl, browser);
  await reply.header('cache-control', 'no-store').redirect(url.href, 302);
}

/** Takes a browser that comes back from the provider to where it began. */
export async function endSignIn(
  context: ServerContext,
  oidc: OidcSignIn,
  { state = '' }: SignInCallback,
  reply: FastifyReply,
): Promise<void> {
  const { request } = reply;
  const begun = secretPattern.test(state) ? await take(context, oidc, 'state', state) : undefined;
  const browser = signInCookie(request, context.publicUrl);
  if (begun === undefined || browser === undefined || hashOf(browser) !== begun.browser) {
    return await signInProblem(reply, 'expired');
  }
  const { goal, nonce, verifier } = begun;
  const answer = new URL(callbackPath, context.publicUrl);
  answer.search = new URL(request.url, context.publicUrl).search;
  let told: Told;
  try {
    told = await oidc.provider.redeem(answer, { state, nonce, verifier });
  } catch (error) {
    const { failure, message } = error as ProviderError;
    oidc.note({ problem: message }, 'a sign-in has failed');
    return await turnAway(context, goal, reply, failure === 'refused' ? 'cancelled' : failure);
  }
  const person = await admitted(context, oidc, told);
  if (person === undefined) return await turnAway(context, goal, reply, 'not_admitted');
  await leadOn(context, oidc, person, begun, reply);
}

/** Whether a verifier is the one of a challenge. */
export function fitsChallenge(verifier: string, challenge: string): boolean {
  return challengeOf(verifier) === challenge;
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

const noGoal: Readonly<Record<SignInQuery['kind'], SignInProblem>> = {
  editor: 'wrong_link',
  web: 'wrong_link',
  connect: 'not_signed_in',
  device: 'expired',
};

async function goalOf(
  context: ServerContext,
  oidc: OidcSignIn,
  query: SignInQuery,
  reply: FastifyReply,
): Promise<Goal | undefined> {
  const { kind, challenge, redirect, state, device } = query;
  if (kind === 'web') return { kind };
  if (kind === 'connect') {
    // Nobody else's link connects anyone: the cookie is strict, and a browser tells which page it comes from.
    const from = reply.request.headers['sec-fetch-site'] ?? 'same-origin';
    if (from !== 'same-origin') return undefined;
    const session = await webSessionOf(context, reply.request, reply);
    return session === undefined ? undefined : { kind, member: session.member };
  }
  if (kind === 'device') {
    const found = device === undefined ? undefined : await take(context, oidc, 'device', device);
    return found === undefined ? undefined : { kind, hash: found.hash };
  }
  if (challenge === undefined || redirect === undefined || state === undefined) return undefined;
  return isOwnRedirect(redirect) ? { kind, challenge, redirect, state } : undefined;
}

async function leadOn(
  context: ServerContext,
  oidc: OidcSignIn,
  person: SignedInPerson,
  { goal, browser }: Passages['state'],
  reply: FastifyReply,
): Promise<void> {
  switch (goal.kind) {
    case 'editor': {
      const code = await keep(context, oidc, 'code', { person, challenge: goal.challenge });
      return await editorPage(reply, backTo(goal, { code }));
    }
    case 'device':
      return await devicePage(reply, await keep(context, oidc, 'answer', { person, hash: goal.hash, browser }));
    case 'connect': {
      const { store, org } = context;
      const outcome = await store.linkIdentity({ org, member: goal.member, person, now: context.now() });
      if (outcome === 'connected') return await connectedPage(reply);
      return await signInProblem(reply, outcome === 'gone' ? 'expired' : outcome);
    }
    case 'web': {
      const { store, org } = context;
      const result = await store.signIn({ org, person, device: null, now: context.now() });
      if (result.outcome === 'member') return await beginWebSession(context, reply, result.member);
      await reply.header('cache-control', 'no-store').redirect(joinFirst, 302);
    }
  }
}

/** An editor or a device that waits is told as well. */
async function turnAway(
  { store, org, now }: ServerContext,
  goal: Goal,
  reply: FastifyReply,
  why: Parameters<typeof signInProblem>[1],
): Promise<void> {
  if (goal.kind === 'device' && why !== 'unavailable') {
    await store.answerDevice({ org, hash: goal.hash, body: null, now: now() });
  }
  await signInProblem(reply, why, goal.kind === 'editor' ? backTo(goal, { error: why }) : undefined);
}

function backTo(
  { redirect, state }: Extract<Goal, { kind: 'editor' }>,
  answer: Readonly<Record<string, string>>,
): string {
  const parameters = new URLSearchParams({ ...answer, state });
  return `${redirect}${redirect.includes('?') ? '&' : '?'}${parameters}`;
}
