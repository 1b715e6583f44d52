import { isLoopback } from './http.ts';

/** An invitation as it was clicked or pasted. The secret is shown and logged nowhere. */
export interface Invitation {
  /**
   * An invite of someone new; the link by which a server's owner comes in; a code that adds a machine to a member; the mere
   * address of a server, where one signs in.
   */
  readonly kind: 'invite' | 'set-up' | 'device' | 'address';
  readonly origin: string;
  /** Empty for an address. */
  readonly secret: string;
  /** With a device's code: whether its member shares models. */
  readonly models: boolean;
}

/** What is wrong with a link. */
export type LinkProblem = 'no_link' | 'incomplete' | 'insecure';

/**
 * Reads an invite link: the https page with the secret in its fragment, an editor's `vscode://…/join?link=…`, or either with
 * text around it, as it is pasted; or a server's address, which is no secret.
 */
export function readInvitation(text: string): Invitation | LinkProblem {
  const url = urlIn(hostName.test(text.trim()) ? `https://${text.trim()}` : text);
  if (url === undefined) return 'no_link';
  const inner = url.pathname === '/join' ? url.searchParams.get('link') : null;
  if (inner !== null && url.protocol !== 'https:' && url.protocol !== 'http:') {
    const invitation = readInvitation(inner);
    // An address is a person's own to type.
    return typeof invitation !== 'string' && invitation.kind === 'address' ? 'no_link' : invitation;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'no_link';
  if (!isSafeOrigin(url.origin)) return 'insecure';
  if (url.pathname === '/' && url.hash === '' && url.search === '') {
    return { kind: 'address', origin: url.origin, secret: '', models: false };
  }
  if (url.pathname !== '/join' && url.pathname !== '/setup') return 'no_link';
  const secret = url.hash.slice(1);
  if (!/^[A-Za-z0-9_-]{43}$/.test(secret)) return 'incomplete';
  const device = url.searchParams.get('device');
  const kind = url.pathname === '/setup' ? 'set-up' : device === null ? 'invite' : 'device';
  return { kind, origin: url.origin, secret, models: device === 'models' };
}

/** The link by which another machine of the same member comes in. */
export function deviceLink(origin: string, code: string, models: boolean): string {
  return `${origin}/join?device${models ? '=models' : ''}#${code}`;
}

/** Tokens travel over https alone; plain http is for a server on this very machine. */
export function isSafeOrigin(origin: string): boolean {
  const { protocol, hostname, username, password } = new URL(origin);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** A server as people say it: `board.example.org`. */
const hostName = /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{1,5})?\/?$/i;

function urlIn(text: string): URL | undefined {
  const found = /[a-z][a-z0-9+.-]*:\/\/[^\s<>"']+/i.exec(text)?.[0];
  return found === undefined || !URL.canParse(found) ? undefined : new URL(found);
}
