import type { FastifyError, FastifyInstance } from 'fastify';
import { codeOf } from '../http/errors.ts';
import { isProblemError } from '../http/problem-error.ts';
import type { Handlers } from '../http/route.ts';
import type { ServerContext } from '../http/server-context.ts';
import { acts } from './acts.ts';
import { ask, problemCode, type Visit } from './ask.ts';
import { serveAssets } from './assets.ts';
import { checkForm, checkOrigin, type Form, takeForms } from './forms.ts';
import { html } from './html.ts';
import { insightsPage } from './insights-page.ts';
import { leavePage, leftPage } from './leave-page.ts';
import { minePage, notAgreed } from './mine-page.ts';
import { type Page, type PageName, sendPage } from './page.ts';
import { policyPage } from './policy-page.ts';
import { problemPage } from './problem-page.ts';
import { rankingPage } from './ranking-page.ts';
import { canSay } from './said.ts';
import { startPath } from './session.ts';
import { joinFirstPage } from './sign-in-page.ts';
import { signing } from './signing.ts';
import { usPage } from './us-page.ts';
import { viewerOf } from './viewer.ts';
import { onceMore, visitOf } from './visits.ts';

type Asked = { readonly Querystring: Readonly<Record<string, string | undefined>> };
type PageMaker = (visit: Visit, query: Asked['Querystring']) => Promise<Page>;

/** The pages at `/`, for those without the editor: made on the server, and whole without any script. */
export function webPages(app: FastifyInstance, context: ServerContext, handlers: Handlers): void {
  app.register(async (routes) => {
    takeForms(routes);
    answerProblems(routes, context);
    serveAssets(routes);
    publicPages(routes, context, handlers);
    signing(routes, context, handlers);

    const pages: readonly (readonly [path: string, name: PageName | undefined, make: PageMaker])[] = [
      ['/us', 'us', usPage],
      ['/ranking', 'ranking', rankingPage],
      ['/insights', 'insights', insightsPage],
      ['/me', 'mine', minePage],
      ['/me/leave', undefined, leavePage],
    ];
    for (const [path, name, make] of pages) {
      routes.get<Asked>(path, hidden, async (request, reply) => {
        const again = onceMore(request);
        if (again !== undefined) return sendPage(reply, again);
        const visit = await visitOf(context, handlers, request, reply);
        if (visit === undefined) return reply.header('cache-control', 'no-store').redirect('/sign-in', 303);
        return sendPage(reply, await made(visit, name, () => make(visit, single(request.query))));
      });
    }
    for (const [path, act] of Object.entries(acts)) {
      routes.post<{ Body: Form }>(path, hidden, async (request, reply) => {
        checkOrigin(request, context);
        const visit = await visitOf(context, handlers, request, reply);
        if (visit === undefined) return reply.redirect('/sign-in', 303);
        const form = request.body ?? {};
        checkForm(form, context, visit.session);
        return act(visit, form).catch((error: unknown) => {
          const code = problemCode(error);
          // The page says what is missing.
          if (code !== undefined && notAgreedCodes.has(code)) return reply.redirect('/me', 303);
          if (!canSay(code)) throw error;
          return reply.redirect(`${path === '/me/leave' ? path : '/me'}?said=${code}`, 303);
        });
      });
    }
  });
}

const hidden = { schema: { hide: true } };
const notAgreedCodes: ReadonlySet<string> = new Set(['consent_required', 'policy_missing']);

function publicPages(routes: FastifyInstance, context: ServerContext, handlers: Handlers): void {
  routes.get('/', hidden, async (request, reply) => {
    const again = onceMore(request);
    if (again !== undefined) return sendPage(reply, again);
    const visit = await visitOf(context, handlers, request, reply);
    if (visit !== undefined) return reply.header('cache-control', 'no-store').redirect(startPath, 303);
    return sendPage(reply, await policyPage(context, undefined));
  });
  routes.get('/policy', hidden, async (request, reply) => {
    const visit = await visitOf(context, handlers, request, reply);
    const viewer = visit === undefined ? undefined : await viewerOf(visit, await ask(visit, 'me', {}));
    return sendPage(reply, await policyPage(context, viewer));
  });
  routes.get('/join-first', hidden, async (_request, reply) => sendPage(reply, joinFirstPage()));
  routes.get('/left', hidden, async (_request, reply) => sendPage(reply, leftPage));
}

/** A page, or what it says to whoever has not agreed to the policy of now. */
async function made(visit: Visit, current: PageName | undefined, make: () => Promise<Page>): Promise<Page> {
  try {
    return await make();
  } catch (error) {
    const code = problemCode(error);
    if (code === undefined || !notAgreedCodes.has(code)) throw error;
    const me = await ask(visit, 'me', {});
    return {
      title: 'Not agreed',
      viewer: await viewerOf(visit, me),
      ...(current === undefined ? {} : { current }),
      body: html`<h1 class="hidden-text">The board</h1>${notAgreed(me.consent !== null)}`,
    };
  }
}

/** The last of several values of a name. */
function single(query: Readonly<Record<string, string | readonly string[] | undefined>>): Asked['Querystring'] {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : value?.at(-1)]),
  );
}

function answerProblems(routes: FastifyInstance, context: ServerContext): void {
  routes.setErrorHandler(async (error: FastifyError, request, reply) => {
    const code = isProblemError(error) ? error.problem.code : codeOf(error);
    if (code === 'internal_error') {
      const { message, stack } = error;
      request.log.error({ problem: message, at: stack }, 'a page failed');
    }
    if (isProblemError(error) && error.problem.retryAfterSec !== undefined) {
      reply.header('retry-after', String(error.problem.retryAfterSec));
    }
    return sendPage(reply, problemPage(code, context));
  });
}
