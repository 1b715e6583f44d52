import assert from 'node:assert/strict';
import type { Member, World } from '../http/world.ts';

/** What a page answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where it leads, without the host. */
  readonly location: string | undefined;
}

/** A browser of one person: it keeps cookies, follows nothing by itself and runs no script. */
export interface Browsing {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answered>;
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Answered>;
  /** Sends a form with the token that this session's pages have. */
  send(path: string, fields?: Record<string, string>): Promise<Answered>;
}

export function browsing(at: World): Browsing {
  const cookies = new Map<string, string>();
  async function ask(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answered> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${at.server.address}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      if (/max-age=0/i.test(set)) cookies.delete(name);
      else cookies.set(name, pair.slice(name.length + 1));
    }
    const location = response.headers.get('location') ?? undefined;
    return { status: response.status, headers: response.headers, text: await response.text(), location };
  }
  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
  const post = (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    ask(
      'POST',
      path,
      {
        'content-type': 'application/x-www-form-urlencoded',
        origin: new URL(at.server.publicUrl).origin,
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      form(fields),
    );
  return {
    cookies,
    get: (path, headers = {}) => ask('GET', path, headers),
    post,
    async send(path, fields = {}) {
      const page = await ask('GET', '/me', {});
      return post(path, { form: tokenIn(page.text), ...fields });
    },
  };
}

/** The token that the forms of a page hold. */
export function tokenIn(text: string): string {
  const token = /name="form" value="([\w-]+)"/.exec(text)?.[1];
  assert.ok(token, 'the page has a form');
  return token;
}

/** A code by which a member's editor opens a browser. */
export async function codeOf(at: World, member: Member): Promise<string> {
  const answer = await at.ask('POST', '/v1/me/web-code', { token: member.tokens.accessToken, body: {} });
  assert.equal(answer.status, 200, answer.text);
  return answer.body.code;
}

/** A browser in which a member is signed in. */
export async function signedIn(at: World, member: Member): Promise<Browsing> {
  const browser = browsing(at);
  const answer = await browser.post('/sign-in', { code: await codeOf(at, member) });
  assert.equal(answer.status, 200, answer.text);
  return browser;
}

/** What a person reads of a page: no markup, single spaces. */
export function wordsOf(text: string): string {
  return text
    .replace(/<(svg|head)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}
