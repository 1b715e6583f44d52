import type { FastifyReply } from 'fastify';
import { type Html, html } from '../web/html.ts';
import { sendPage } from '../web/page.ts';

/** Why a sign-in came to nothing, as a person is told. */
export type SignInProblem =
  | 'expired'
  | 'wrong_link'
  | 'unavailable'
  | 'invalid'
  | 'cancelled'
  | 'not_admitted'
  | 'not_signed_in'
  | 'taken'
  | 'connected_otherwise';

const problems: Readonly<Record<SignInProblem, readonly [status: number, title: string, text: string]>> = {
  expired: [
    410,
    'This sign-in is over',
    'It was used already, took longer than ten minutes, or began in another browser. Start again where you began.',
  ],
  wrong_link: [
    400,
    'This link leads nowhere',
    'It was not made by Tokenboard, or names a place to which this board hands nothing. Start again in your editor.',
  ],
  unavailable: [
    503,
    'The sign-in is not available',
    'Your organisation’s sign-in service cannot be reached at the moment. Nothing was changed. Try again in a few minutes.',
  ],
  invalid: [
    400,
    'The sign-in has failed',
    'What the sign-in service answered does not fit the question, so it was not believed. Start again where you began.',
  ],
  cancelled: [
    403,
    'You are not signed in',
    'The sign-in service did not let you in, or you have cancelled. Nothing was changed.',
  ],
  not_admitted: [
    403,
    'This board is not for this account',
    'Your account is not in the e-mail domains or groups that may be on this board. Ask whoever runs it.',
  ],
  not_signed_in: [
    403,
    'Open the board first',
    'An account is connected to whoever is signed in here, and nobody is. Open the board from your editor, or with tokenboard team open, and begin there under Mine.',
  ],
  taken: [
    409,
    'This account is another member already',
    'You have signed in with it before, and joined by that. Nothing was changed. To be one member, leave the board with one of the two, and then sign in, or connect, with the other.',
  ],
  connected_otherwise: [
    409,
    'You are connected with another account',
    'A member has one account of the organisation. Nothing was changed. Sign in with the one that you connected before.',
  ],
};

/** Says why a sign-in came to nothing; `back` leads to the editor that waits for it. */
export async function signInProblem(reply: FastifyReply, problem: SignInProblem, back?: string): Promise<void> {
  const [status, title, text] = problems[problem];
  const button = back !== undefined && html`<p><a class="button main" href="${back}">Back to the editor</a></p>`;
  await sendPage(reply, { title, status, narrow: true, body: page(title, html`<p>${text}</p>${button}`) });
}

/** Hands a code to the editor, or to the command on this machine. */
export async function editorPage(reply: FastifyReply, back: string): Promise<void> {
  await sendPage(reply, {
    title: 'Signed in',
    narrow: true,
    leadsTo: back,
    body: page(
      'You are signed in',
      html`<p>Go back to your editor; you can close this page. If nothing happens there, use the button.</p>
<p><a class="button main" href="${back}">Back to the editor</a></p>`,
    ),
  });
}

/** Where a person enters the code that a machine elsewhere shows. */
export async function codePage(reply: FastifyReply, problem?: 'unknown'): Promise<void> {
  const wrong =
    problem !== undefined &&
    html`<p class="said problem" role="alert">No machine waits with this code. Codes hold for 15 minutes and once. Look at it again, or start again there.</p>`;
  await sendPage(reply, {
    title: 'Sign in a machine',
    status: problem === undefined ? 200 : 404,
    narrow: true,
    body: html`<h1>Sign in a machine</h1>
${wrong}
<section class="card state"><p>Enter the code that <strong>you</strong> see on your own machine, in an editor or after <code>tokenboard team join</code>.</p>
<p><strong>Did somebody send you the code, or ask you to come here? Then close this page:</strong> whoever started it would act
on this board as you.</p>
<form method="post" action="/device">
<div class="field"><label for="code">Code</label><input id="code" name="code" type="text" required maxlength="20" autocomplete="off" autocapitalize="characters"
spellcheck="false" placeholder="BCDF-GHJK"></div>
<p><button class="main" type="submit">Go on</button></p>
</form></section>`,
  });
}

/** The code fits: who has started it goes on to the sign-in service. */
export async function startPage(reply: FastifyReply, code: string, minutes: number, secret: string): Promise<void> {
  await sendPage(reply, {
    title: 'Sign in a machine',
    narrow: true,
    body: page(
      'Sign in a machine',
      html`<p>A machine waits with the code <strong>${code}</strong>. It began ${minutes === 0 ? 'just now' : `${minutes} min ago`}.</p>
<p>Go on only if that is your own machine and it shows this very code. You are asked once more after the sign-in.</p>
<p><a class="button main" href="/v1/auth/oidc/start?kind=device&amp;device=${secret}">Sign in</a>
<a class="button" href="/device">Cancel</a></p>`,
    ),
  });
}

/** The person has signed in, and is asked before the machine is let in. */
export async function devicePage(reply: FastifyReply, secret: string): Promise<void> {
  await sendPage(reply, {
    title: 'Let the machine in?',
    narrow: true,
    body: page(
      'Let the machine in?',
      html`<p>You are signed in. If you allow it, the machine that shows the code acts on this board as <strong>you</strong>: it sees what you
see, and sends what was agreed to on it.</p>
<p><strong>Allow it only if you have started this yourself, on a machine of your own, a moment ago.</strong> Nobody who helps you
ever needs this.</p>
<form method="post" action="/device/answer">
<input type="hidden" name="secret" value="${secret}">
<p><button class="main" type="submit" name="answer" value="allow">Allow</button>
<button type="submit" name="answer" value="deny">Do not allow</button></p>
</form>`,
    ),
  });
}

/** A page of our own leads on, since a strict cookie is not sent along a redirection that began at the provider's site. */
export async function connectedPage(reply: FastifyReply): Promise<void> {
  await sendPage(reply, {
    title: 'Connected',
    narrow: true,
    leadsTo: '/me?said=connected',
    body: page('Your account is connected', html`<p><a class="button main" href="/me?said=connected">Go on</a></p>`),
  });
}

/** What came of it. */
export async function deviceDone(reply: FastifyReply, allowed: boolean): Promise<void> {
  const title = allowed ? 'The machine is let in' : 'The machine is not let in';
  const text = allowed
    ? 'Go back to it; you can close this page.'
    : 'Nothing was changed. If you did not start this yourself, tell whoever runs the board.';
  await sendPage(reply, { title, narrow: true, body: page(title, html`<p>${text}</p>`) });
}

function page(title: string, body: Html): Html {
  return html`<h1>${title}</h1><section class="card state">${body}</section>`;
}
