import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Rate, rateOf } from '../http/rates.ts';
import type { Handlers } from '../http/route.ts';
import type { ServerContext } from '../http/server-context.ts';
import { ask } from './ask.ts';
import { checkForm, checkOrigin, type Form } from './forms.ts';
import { sendPage } from './page.ts';
import { endWebSession, useCode, webSessionOf } from './session.ts';
import { signInPage } from './sign-in-page.ts';
import { viewerOf } from './viewer.ts';
import { onceMore, visitOf } from './visits.ts';

const hidden = { schema: { hide: true } };
const rate: Rate = { by: 'address', most: 60, windowMs: 60_000 };

/** Signing in with a code, and out. */
export function signing(routes: FastifyInstance, context: ServerContext, handlers: Handlers): void {
  async function byProvider(): Promise<boolean> {
    const asked = { session: undefined, params: undefined, query: undefined, body: undefined, now: context.now() };
    return (await handlers.meta(context, asked as Parameters<typeof handlers.meta>[1])).signIn;
  }

  routes.get('/sign-in', hidden, async (request, reply) => {
    const again = onceMore(request);
    if (again !== undefined) return sendPage(reply, again);
    const visit = await visitOf(context, handlers, request, reply);
    const viewer = visit === undefined ? undefined : await viewerOf(visit, await ask(visit, 'me', {}));
    return sendPage(reply, await signInPage(context, { byProvider: await byProvider(), viewer }));
  });

  const bounded = {
    ...hidden,
    config: { rateLimit: rateOf('web-sign-in', rate, context) },
    onRequest: async (request: FastifyRequest) => checkOrigin(request, context),
  };
  routes.post<{ Body: Form }>('/sign-in', bounded, async (request, reply) => {
    const before = await webSessionOf(context, request, reply);
    if (await useCode(context, reply, request.body?.code?.trim() ?? '')) {
      if (before !== undefined) await context.store.revokeFamily({ org: before.org, family: before.family });
      return reply;
    }
    const problem = 'That code does not hold: it is good for one minute, and once. Ask for another one.';
    return sendPage(reply, await signInPage(context, { byProvider: await byProvider(), problem }));
  });

  routes.post<{ Body: Form }>('/sign-out', hidden, async (request, reply) => {
    checkOrigin(request, context);
    const session = await webSessionOf(context, request, reply);
    if (session !== undefined) {
      checkForm(request.body ?? {}, context, session);
      await endWebSession(context, session, reply);
    }
    return reply.redirect('/', 303);
  });
}
