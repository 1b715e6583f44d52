import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieSecret, type SecretCookie, setCookieSecret } from '../http/cookie.ts';
import type { ServerContext } from '../http/server-context.ts';

/** Pages of others cannot make it be sent. */
const cookie: SecretCookie = { name: 'tokenboard', sameSite: 'Strict' };

/** The session's secret that a browser sends, undefined where it sends none that could be one. */
export function cookieOf(request: FastifyRequest, { publicUrl }: Pick<ServerContext, 'publicUrl'>): string | undefined {
  return cookieSecret(request, publicUrl, cookie);
}

/** Gives a browser its session until it is closed, or takes it away (null). */
export function setCookie(
  reply: FastifyReply,
  { publicUrl }: Pick<ServerContext, 'publicUrl'>,
  secret: string | null,
): void {
  setCookieSecret(reply, publicUrl, cookie, secret ?? '', secret === null ? 0 : undefined);
}
