import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuseForeignOrigin } from '../http/foreign-origin.ts';
import { type Rate, rateOf } from '../http/rates.ts';
import { hashOf } from '../http/secrets.ts';
import type { ServerContext } from '../http/server-context.ts';
import { signInCookie } from './cookie.ts';
import { codePage, deviceDone, signInProblem, startPage } from './pages.ts';
import { keep, take } from './passages.ts';

const minuteMs = 60_000;
/** Codes that a person mistypes, and not many that someone guesses. */
const rate: Rate = { by: 'address', most: 30, windowMs: minuteMs };
const secretPattern = /^[A-Za-z0-9_-]{43}$/;

/** The pages on which a person lets in a machine that has no browser. */
export async function signInPages(app: FastifyInstance, context: ServerContext): Promise<void> {
  const { oidc, store, org } = context;
  if (oidc === undefined) return;
  const schema = { hide: true };

  await app.register(async (pages) => {
    await pages.register(formbody, { bodyLimit: 4096 });
    pages.get('/device', { schema }, async (_request, reply) => await codePage(reply));

    const bounded = {
      schema,
      config: { rateLimit: rateOf('userCode', rate, context) },
      onRequest: async (request: FastifyRequest) => refuseForeignOrigin(request, context.publicUrl),
    };
    pages.post('/device', bounded, async (request, reply) => {
      const code = field(request, 'code')
        .toUpperCase()
        .replace(/[^A-Z]/g, '');
      const now = context.now();
      const waiting = code.length === 8 ? await store.waitingDevice({ org, userCode: hashOf(code), now }) : null;
      if (waiting === null) return await codePage(reply, 'unknown');
      const secret = await keep(context, oidc, 'device', { hash: waiting.hash });
      const minutes = Math.floor((now - waiting.startedAt) / minuteMs);
      await startPage(reply, `${code.slice(0, 4)}-${code.slice(4)}`, minutes, secret);
    });

    pages.post('/device/answer', { schema }, async (request, reply) => {
      refuseForeignOrigin(request, context.publicUrl);
      const secret = field(request, 'secret');
      const found = secretPattern.test(secret) ? await take(context, oidc, 'answer', secret) : undefined;
      const browser = signInCookie(request, context.publicUrl);
      if (found === undefined || browser === undefined || hashOf(browser) !== found.browser) {
        return await signInProblem(reply, 'expired');
      }
      const { person, hash } = found;
      const allowed = field(request, 'answer') === 'allow';
      const body = allowed ? oidc.seal.seal(hash, JSON.stringify(person)) : null;
      if (!(await store.answerDevice({ org, hash, body, now: context.now() }))) {
        return await signInProblem(reply, 'expired');
      }
      await deviceDone(reply, allowed);
    });
  });
}

function field({ body }: FastifyRequest, name: string): string {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
}
