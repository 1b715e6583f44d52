import { createHmac, createSecretKey } from 'node:crypto';
import rateLimit, { normalizeIP, type RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EndpointName } from '../../team/protocol/endpoints.ts';
import type { Session } from '../store/records.ts';
import { type ProblemError, problemError } from './problem-error.ts';
import { rateKey, rateStore } from './rate-store.ts';
import type { ServerContext } from './server-context.ts';

/** How often one subject may do a thing, counted over all processes. */
export interface Rate {
  readonly by: 'address' | 'device' | 'member';
  readonly most: number;
  readonly windowMs: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; undefined where anybody may, or before it is known. */
    session: Session | undefined;
  }
  interface FastifyInstance {
    /** Counts a request that asks an endpoint without its route, once its session is known; throws `rate_limited` beyond the rate. */
    countAsked(name: EndpointName, request: FastifyRequest): Promise<void>;
  }
}

const minute = 60_000;
const hour = 3_600_000;
const day = 86_400_000;

/** What is not named here only reads what is in memory, and is bounded by how busy the server is. */
const rates: Readonly<Partial<Record<EndpointName, Rate>>> = {
  // A company may come from one address. Secrets cannot be guessed; these bounds are for whoever asks without end.
  join: { by: 'address', most: 300, windowMs: minute },
  refresh: { by: 'address', most: 6000, windowMs: minute },
  oidcStart: { by: 'address', most: 300, windowMs: minute },
  oidcCallback: { by: 'address', most: 300, windowMs: minute },
  oidcToken: { by: 'address', most: 300, windowMs: minute },
  startDevice: { by: 'address', most: 120, windowMs: minute },
  deviceToken: { by: 'address', most: 6000, windowMs: minute },
  sibling: { by: 'device', most: 20, windowMs: hour },
  sync: { by: 'device', most: 120, windowMs: hour },
  createInvite: { by: 'member', most: 100, windowMs: day },
  deviceCode: { by: 'member', most: 30, windowMs: day },
  webCode: { by: 'member', most: 60, windowMs: hour },
  pseudonym: { by: 'member', most: 20, windowMs: day },
  export: { by: 'member', most: 30, windowMs: hour },
  giveConsent: { by: 'member', most: 60, windowMs: hour },
};

/** Has requests counted, before any route is made: those of the routes whose `config.rateLimit` is a `rateOf` or a `rateOfEndpoint`. */
export async function countRates(app: FastifyInstance, context: ServerContext): Promise<void> {
  app.decorateRequest('session', undefined);
  await app.register(rateLimit, {
    global: false,
    store: rateStore(context),
    // Who cannot be counted is not let in: what is bounded needs the database as well, and codes could be guessed meanwhile.
    skipOnError: false,
    // Nobody but who is refused has to know, and by `retry-after` alone.
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
      'retry-after': false,
    },
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
    errorResponseBuilder: (_request, { ttl }) => limited(ttl),
  });
  const counters = new Map(
    Object.entries(rates).map(([name, rate]) => [name, app.createRateLimit(rateOf(name, rate, context))]),
  );
  app.decorate('countAsked', async (name: EndpointName, request: FastifyRequest) => {
    const counted = await counters.get(name)?.(request);
    if (counted?.isAllowed === false && counted.isExceeded) throw limited(counted.ttl);
  });
}

/** The bound of an endpoint, for its route; false where it has none. */
export function rateOfEndpoint(name: EndpointName, context: ServerContext): RateLimitOptions | false {
  const rate = rates[name];
  return rate === undefined ? false : rateOf(name, rate, context);
}

/** A rate as the plug-in takes it; `name` is what is counted together. No address is kept, only a keyed hash of it. */
export function rateOf(name: string, { by, most, windowMs }: Rate, { key }: ServerContext): RateLimitOptions {
  // A key that is made once: to make one takes longer than to hash by it.
  const secret = createSecretKey(key);
  return {
    max: most,
    timeWindow: windowMs,
    keyGenerator(request) {
      const subject = by === 'address' ? normalizeIP(request.ip) : `${request.session?.[by]}`;
      return rateKey(name, createHmac('sha256', secret).update(`${by}:${subject}`).digest('hex').slice(0, 32));
    },
  };
}

function limited(ttlMs: number): ProblemError {
  return problemError('rate_limited', { retryAfterSec: Math.max(1, Math.ceil(ttlMs / 1000)) });
}
