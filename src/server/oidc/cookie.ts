import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieSecret, type SecretCookie, setCookieSecret } from '../http/cookie.ts';

/** `Lax`, for the browser comes back from the provider's site. */
const cookie: SecretCookie = { name: 'tokenboard-sign-in', sameSite: 'Lax' };
const maxAgeSec = 600;

/** A browser's mark while it signs in: the answer counts in the browser alone that asked. */
export function signInCookie(request: FastifyRequest, publicUrl: string): string | undefined {
  return cookieSecret(request, publicUrl, cookie);
}

export function setSignInCookie(reply: FastifyReply, publicUrl: string, secret: string): void {
  setCookieSecret(reply, publicUrl, cookie, secret, maxAgeSec);
}
