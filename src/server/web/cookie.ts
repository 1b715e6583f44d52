import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerContext } from '../http/server-context.ts';

const secretPattern = /^[A-Za-z0-9_-]{43}$/;

/** `__Host-` binds a cookie to https and to this very host; a browser refuses it where a board is on this machine's http. */
export function cookieName({ publicUrl }: Pick<ServerContext, 'publicUrl'>): string {
  return isSecure(publicUrl) ? '__Host-tokenboard' : 'tokenboard';
}

/** The session's secret that a browser sends, undefined where it sends none that could be one. */
export function cookieOf(request: FastifyRequest, context: Pick<ServerContext, 'publicUrl'>): string | undefined {
  const name = cookieName(context);
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=', 2);
    if (key === name) return secretPattern.test(value) ? value : undefined;
  }
  return undefined;
}

/** Gives a browser its session until it is closed, or takes it away (null). Pages of others cannot make it be sent. */
export function setCookie(reply: FastifyReply, context: Pick<ServerContext, 'publicUrl'>, secret: string | null): void {
  const parts = [`${cookieName(context)}=${secret ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  if (isSecure(context.publicUrl)) parts.push('Secure');
  if (secret === null) parts.push('Max-Age=0');
  reply.header('set-cookie', parts.join('; '));
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}
