import { randomInt } from 'node:crypto';
import { problemError } from '../http/problem-error.ts';
import type { Handlers } from '../http/route.ts';
import { hashOf, newSecret } from '../http/secrets.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { SignedInPerson } from '../store/port-sign-in.ts';
import { take } from './passages.ts';
import { arrive } from './person.ts';
import { beginSignIn, endSignIn, fitsChallenge } from './sign-in.ts';
import type { OidcSignIn } from './sign-in-context.ts';

/** Letters that are told apart and make no words. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const deviceMs = 15 * 60_000;
const intervalMs = 5000;
const codeTries = 5;

/** Signing in with the organisation's provider: by a browser on the same machine, or on any other. */
export const signInHandlers: Pick<
  Handlers,
  'oidcStart' | 'oidcCallback' | 'oidcToken' | 'startDevice' | 'deviceToken'
> = {
  async oidcStart(context, { query, reply }) {
    await beginSignIn(context, offered(context), query, reply);
  },

  async oidcCallback(context, { query, reply }) {
    await endSignIn(context, offered(context), query, reply);
  },

  async oidcToken(context, { body }) {
    const found = await take(context, offered(context), 'code', body.code);
    if (found === undefined || !fitsChallenge(body.verifier, found.challenge)) throw problemError('sign_in_expired');
    return await arrive(context, found.person, body);
  },

  async startDevice(context) {
    offered(context);
    const { store, org, publicUrl } = context;
    const now = context.now();
    const deviceCode = newSecret();
    for (let tries = codeTries; tries > 0; tries--) {
      const code = newUserCode();
      const order = {
        org,
        hash: hashOf(deviceCode),
        userCode: hashOf(code),
        intervalMs,
        expiresAt: now + deviceMs,
        now,
      };
      if (!(await store.openDevice(order))) continue;
      const userCode = `${code.slice(0, 4)}-${code.slice(4)}`;
      return {
        deviceCode,
        userCode,
        url: `${publicUrl}/device`,
        interval: intervalMs / 1000,
        expiresIn: deviceMs / 1000,
      };
    }
    throw problemError('unavailable', { retryAfterSec: 5 });
  },

  async deviceToken(context, { body }) {
    const { seal } = offered(context);
    const { store, org } = context;
    const hash = hashOf(body.deviceCode);
    const polled = await store.pollDevice({ org, hash, now: context.now() });
    switch (polled.outcome) {
      case 'pending':
        throw problemError('authorization_pending', { retryAfterSec: polled.intervalMs / 1000 });
      case 'slow_down':
        throw problemError('slow_down', { retryAfterSec: polled.intervalMs / 1000 });
      case 'denied':
        throw problemError('sign_in_denied');
      case 'expired':
        throw problemError('sign_in_expired');
      case 'allowed': {
        const person = seal.open(hash, polled.body);
        if (person === undefined) throw problemError('sign_in_expired');
        return await arrive(context, JSON.parse(person) as SignedInPerson, body);
      }
    }
  },
};

/** The sign-in; throws `not_found` on a board where people join by invite alone. */
function offered({ oidc }: ServerContext): OidcSignIn {
  if (oidc === undefined) throw problemError('not_found');
  return oidc;
}

function newUserCode(): string {
  return Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
}
