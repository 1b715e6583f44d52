import type { ServerContext } from '../http/server-context.ts';
import { type Html, html } from './html.ts';
import type { Page, Viewer } from './page.ts';
import { card } from './parts.ts';
import { startPath } from './session.ts';

export interface SignInParts {
  readonly byProvider: boolean;
  /** Who is signed in already. */
  readonly viewer?: Viewer | undefined;
  readonly problem?: string;
}

/** The ways in: the organisation's provider where there is one, and a code from one's own editor or command. */
export async function signInPage(context: ServerContext, { byProvider, viewer, problem }: SignInParts): Promise<Page> {
  const organisation = (await context.store.organisation({}))?.policy ?? null;
  const name = organisation === null ? 'the board' : organisationName(organisation.body);
  return {
    title: 'Sign in',
    viewer,
    narrow: true,
    status: problem === undefined ? 200 : 403,
    body: html`<h1>Sign in to ${name}</h1>
${problem === undefined ? null : html`<p class="said problem" role="alert">${problem}</p>`}
${viewer === undefined ? null : already(viewer)}
${byProvider ? provider(name) : null}
${card(
  'by-code',
  byProvider ? 'Or from your editor' : 'From your editor',
  null,
  html`<p>Run <strong>Tokenboard: Open the Board in the Browser</strong> in the editor, or <code>tokenboard team open</code> in a terminal, where you take part. Either opens this page with a code that holds for a minute, once.</p>
<form method="post" action="/sign-in"${viewer === undefined ? html` data-by-itself` : ''}>
<div class="field"><label for="code">Code</label><input id="code" name="code" type="text" autocomplete="off" spellcheck="false" autocapitalize="off" required pattern="[A-Za-z0-9_\\-]{43}"></div>
<p><button class="main" type="submit">Sign in</button></p></form>`,
)}
<p class="muted small">Only whoever takes part can look. To join, open an invite in your editor, or ask whoever runs the board.</p>`,
  };
}

/** Where someone is led who has signed in with the provider and is no member. */
export function joinFirstPage(): Page {
  return {
    title: 'Join first',
    narrow: true,
    body: html`<h1>You do not take part yet</h1>
<p>You have signed in, but only members see the board, and nobody becomes one without having read what is shared. Nothing about you was kept.</p>
${card(
  'how',
  'How to join',
  null,
  html`<ol class="plain-list"><li>Install Tokenboard in your editor, or its command.</li>
<li>Run <strong>Tokenboard: Join a Team</strong>, or <code>tokenboard team join</code>, with this server’s address or an invite.</li>
<li>Read the policy, see exactly what would be sent first, and choose how you appear.</li></ol>`,
)}
<p>You take part already, by an invite? Then do not join again: open the board from your editor, or with <code>tokenboard team open</code>, and connect your account under <a href="/me">Mine</a>.</p>
<p><a href="/">Read the policy</a></p>`,
  };
}

/** A link with a code might be of somebody else: it is not used in place of a session without being told to. */
function already({ name }: Viewer): Html {
  return card(
    'already',
    `You are signed in as ${name}`,
    null,
    html`<p><a class="button main" href="${startPath}">Open the board</a></p>`,
  );
}

function provider(name: string): Html {
  return card(
    'by-provider',
    'With your account',
    null,
    html`<p>Your organisation’s own sign-in says who you are. ${name} keeps no password.</p>
<p><a class="button main" href="/v1/auth/oidc/start?kind=web">Sign in with your account</a></p>`,
  );
}

function organisationName(body: string): string {
  return `the board of ${(JSON.parse(body) as { organisation: string }).organisation}`;
}
