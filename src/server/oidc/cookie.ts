import type { FastifyReply, FastifyRequest } from 'fastify';

const secretPattern = /^[A-Za-z0-9_-]{43}$/;
const maxAgeSec = 600;

/** A browser's mark while it signs in: the answer counts in the browser alone that asked. */
export function signInCookie(request: FastifyRequest, publicUrl: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value = ''] = pair.trim().split('=', 2);
    if (name === nameAt(publicUrl)) return secretPattern.test(value) ? value : undefined;
  }
  return undefined;
}

/** `Lax`, for the browser comes back from the provider's site. */
export function setSignInCookie(reply: FastifyReply, publicUrl: string, secret: string): void {
  const parts = [`${nameAt(publicUrl)}=${secret}`, 'Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${maxAgeSec}`];
  if (publicUrl.startsWith('https:')) parts.push('Secure');
  reply.header('set-cookie', parts.join('; '));
}

function nameAt(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-tokenboard-sign-in' : 'tokenboard-sign-in';
}
