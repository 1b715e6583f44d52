import type { FastifyReply } from 'fastify';
import { iconFile, scriptFile, styleFile } from './assets.ts';
import { type Html, html } from './html.ts';

/** A page in the bar at the top. */
export type PageName = 'us' | 'ranking' | 'insights' | 'mine' | 'policy';

/** Whoever is signed in, as pages show it. */
export interface Viewer {
  /** As what one is known on the board that is shown. */
  readonly name: string;
  readonly organisation: string;
  /** Proves that a form is of a page of this session. */
  readonly formToken: string;
  /** Whether one runs a team, or all of them. */
  readonly leads: boolean;
}

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Undefined: a page for everyone. */
  readonly viewer?: Viewer | undefined;
  readonly current?: PageName;
  /** Where a browser goes by itself at once. */
  readonly leadsTo?: string;
  readonly status?: number;
  /** A column of text instead of a board's width. */
  readonly narrow?: boolean;
}

/** Nothing but this server's own style, script and icon; forms that lead to it alone; in nobody's frame. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Answers with a page, which no cache keeps. */
export async function sendPage(reply: FastifyReply, page: Page): Promise<FastifyReply> {
  return (
    reply
      .code(page.status ?? 200)
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('cache-control', 'no-store')
      .header('x-robots-tag', 'noindex, nofollow')
      .header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
      // With `no-referrer` browsers would not say which page a form comes from either.
      .header('referrer-policy', 'same-origin')
      .removeHeader('etag')
      .send(`<!doctype html>\n${documentOf(page).markup}`)
  );
}

function documentOf({ title, body, viewer, current, leadsTo, narrow }: Page): Html {
  const shownTitle = viewer === undefined ? `${title} · Tokenboard` : `${title} · ${viewer.organisation} · Tokenboard`;
  return html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${leadsTo === undefined ? '' : html`<meta http-equiv="refresh" content="0;url=${leadsTo}">`}
<title>${shownTitle}</title>
<link rel="icon" href="${iconFile.url}">
<link rel="stylesheet" href="${styleFile.url}">
<script src="${scriptFile.url}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${viewer === undefined ? publicHeader(current) : header(viewer, current)}
<main id="main" tabindex="-1"${narrow === true ? html` class="narrow"` : ''}>
${body}
</main>
</body>
</html>`;
}

const pages: readonly (readonly [name: PageName, path: string, text: string])[] = [
  ['us', '/us', 'Us'],
  ['ranking', '/ranking', 'Ranking'],
  ['insights', '/insights', 'Insights'],
  ['mine', '/me', 'Mine'],
  ['policy', '/policy', 'Policy'],
];

function header({ formToken, leads, organisation }: Viewer, current: PageName | undefined): Html {
  const links = pages
    .filter(([name]) => name !== 'insights' || leads)
    .map(
      ([name, path, text]) =>
        html`<li><a href="${path}"${name === current ? html` aria-current="page"` : ''}>${text}</a></li>`,
    );
  return html`<header class="top">
<nav aria-label="Pages"><ul class="tabs">${links}</ul></nav>
<div class="top-end">
<span class="muted small cut top-name">${organisation}</span>
<form method="post" action="/sign-out">
<input type="hidden" name="form" value="${formToken}">
<button class="link" type="submit">Sign out</button>
</form>
</div>
</header>`;
}

function publicHeader(current: PageName | undefined): Html {
  return html`<header class="top">
<a class="brand" href="/"${current === 'policy' ? html` aria-current="page"` : ''}>Tokenboard</a>
<div class="top-end"><a class="small" href="/sign-in">Sign in</a></div>
</header>`;
}
