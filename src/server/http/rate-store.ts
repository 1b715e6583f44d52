import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { ServerContext } from './server-context.ts';

/** What one act of a subject is counted as. */
export function rateKey(name: string, subject: string): string {
  return `${name} ${subject}`;
}

/** Where the plug-in counts, by keys of `rateKey`: in the store, so that all processes count together, and by the server's clock. */
export function rateStore({ store, now }: Pick<ServerContext, 'store' | 'now'>): FastifyRateLimitStoreCtor {
  return class implements FastifyRateLimitStore {
    incr(key: string, done: Parameters<FastifyRateLimitStore['incr']>[1], windowMs: number): void {
      const at = now();
      const [name = '', subject = ''] = key.split(' ');
      store.countRate({ name, subject, windowMs, now: at }).then(
        ({ count, resetsAt }) => done(null, { current: count, ttl: resetsAt - at }),
        (error: Error) => done(error),
      );
    }

    /** Keys name what is counted: one serves all routes. */
    child(): FastifyRateLimitStore {
      return this;
    }
  };
}
