import type { FastifyReply, FastifyRequest } from 'fastify';

const secretPattern = /^[A-Za-z0-9_-]{43}$/;

/** A cookie that holds a secret, which no script reads. */
export interface SecretCookie {
  readonly name: string;
  readonly sameSite: 'Strict' | 'Lax';
}

/** The secret that a browser sends, undefined where it sends none that could be one. */
export function cookieSecret(request: FastifyRequest, publicUrl: string, { name }: SecretCookie): string | undefined {
  const sent = cookieName(publicUrl, name);
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=', 2);
    if (key === sent) return secretPattern.test(value) ? value : undefined;
  }
  return undefined;
}

/** Gives a browser a secret, for so many seconds or until it is closed. */
export function setCookieSecret(
  reply: FastifyReply,
  publicUrl: string,
  { name, sameSite }: SecretCookie,
  secret: string,
  maxAgeSec?: number,
): void {
  const parts = [`${cookieName(publicUrl, name)}=${secret}`, 'Path=/', 'HttpOnly', `SameSite=${sameSite}`];
  if (isSecure(publicUrl)) parts.push('Secure');
  if (maxAgeSec !== undefined) parts.push(`Max-Age=${maxAgeSec}`);
  reply.header('set-cookie', parts.join('; '));
}

/** `__Host-` binds a cookie to https and to this very host; a browser refuses it where a board is on this machine's http. */
function cookieName(publicUrl: string, name: string): string {
  return isSecure(publicUrl) ? `__Host-${name}` : name;
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}
