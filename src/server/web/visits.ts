import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Handlers } from '../http/route.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { Visit } from './ask.ts';
import { html } from './html.ts';
import type { Page } from './page.ts';
import { webSessionOf } from './session.ts';

/** Who visits; undefined where nobody is signed in. */
export async function visitOf(
  context: ServerContext,
  handlers: Handlers,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit | undefined> {
  const session = await webSessionOf(context, request, reply);
  return session === undefined ? undefined : { context, handlers, request, reply, session, now: context.now() };
}

/**
 * Whoever follows a link on another site is asked for the same page once more by this one, because a strict cookie is not sent along
 * with the first request. Undefined where that is not so.
 */
export function onceMore({ headers, url }: FastifyRequest): Page | undefined {
  if (headers['sec-fetch-site'] !== 'cross-site') return undefined;
  return {
    title: 'One moment',
    narrow: true,
    leadsTo: url,
    body: html`<h1>One moment</h1><p><a href="${url}">Go on</a></p>`,
  };
}
