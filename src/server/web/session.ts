import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemError } from '../http/problem-error.ts';
import { hashOf, newSecret } from '../http/secrets.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { Session } from '../store/records.ts';
import { cookieOf, setCookie } from './cookie.ts';
import { html } from './html.ts';
import { sendPage } from './page.ts';

const minute = 60_000;
/** A browser is signed out after so long without a page, and after so long whatever it does. */
const idleMs = 30 * minute;
const absoluteMs = 12 * 60 * minute;
/** The cookie is another one after so long; several tabs may still send the one before for a moment. */
const renewMs = 10 * minute;
const graceMs = minute;

/** Where a browser goes once it is signed in. */
export const startPath = '/us';

/** Who is signed in with the browser that asks; undefined for nobody. It may give the browser its next cookie. */
export async function webSessionOf(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Session | undefined> {
  const secret = cookieOf(request, context);
  if (secret === undefined) return undefined;
  const { store } = context;
  const now = context.now();
  const hash = hashOf(secret);
  const found = await store.webSession({ hash });
  if (found === null || found === 'erased') {
    setCookie(reply, context, null);
    return undefined;
  }
  const { session, startedAt, spent, expiresAt } = found;
  const end = startedAt + absoluteMs;
  const renewedAt = expiresAt - idleMs;
  const stolen = spent && now >= renewedAt + graceMs;
  if (stolen || now >= expiresAt || now >= end) {
    await endWebSession(context, session, reply);
    if (stolen) {
      const by = { member: null, role: null };
      await store.appendAudit({ org: context.org, action: 'token.reuse', by, subject: null, reason: null, now });
    }
    return undefined;
  }
  // Near its end it is not renewed any more, so that none holds for longer than it may.
  if (!spent && now - renewedAt >= renewMs && now + idleMs <= end) {
    const next = newSecret();
    const renewed = await store.renewWeb({ hash, next: hashOf(next), expiresAt: now + idleMs, spentUntil: end });
    if (renewed) setCookie(reply, context, next);
  }
  return session;
}

/** Signs a browser in as a member, and answers with the page that leads on. Throws `member_erased` where there is no such member. */
export async function beginWebSession(context: ServerContext, reply: FastifyReply, member: number): Promise<void> {
  const { store, org } = context;
  const secret = newSecret();
  const now = context.now();
  const opened = await store.openWeb({
    org,
    member,
    device: null,
    as: 'session',
    hash: hashOf(secret),
    expiresAt: now + idleMs,
    now,
  });
  if (!opened) throw problemError('member_erased');
  await leadOn(context, reply, secret);
}

/** Signs a browser in by a code, and answers with the page that leads on; false where the code does not hold. */
export async function useCode(context: ServerContext, reply: FastifyReply, code: string): Promise<boolean> {
  const secret = newSecret();
  const now = context.now();
  const used = await context.store.useWebCode({
    code: hashOf(code),
    hash: hashOf(secret),
    expiresAt: now + idleMs,
    now,
  });
  if (used) await leadOn(context, reply, secret);
  return used;
}

/** Signs a browser out. */
export async function endWebSession(context: ServerContext, session: Session, reply: FastifyReply): Promise<void> {
  await context.store.revokeFamily({ org: session.org, family: session.family });
  setCookie(reply, context, null);
}

/**
 * The cookie is strict, so a browser does not send it along a redirection that began at the provider's site: a page of our
 * own has to lead on.
 */
async function leadOn(context: ServerContext, reply: FastifyReply, secret: string): Promise<void> {
  setCookie(reply, context, secret);
  await sendPage(reply, {
    title: 'Signed in',
    leadsTo: startPath,
    body: html`<h1>You are signed in</h1><p><a class="button main" href="${startPath}">Open the board</a></p>`,
  });
}
