import type { ServerContext } from '../http/server-context.ts';
import { html } from './html.ts';
import type { Page } from './page.ts';

/** A problem as a page tells it. */
export function problemPage(code: string, { publicUrl }: ServerContext): Page {
  const [status, title, text] = told[code] ?? failed;
  return {
    title,
    status,
    narrow: true,
    body: html`<h1>${title}</h1><p>${text}</p>
${code === 'foreign_origin' ? html`<p>Open the board at <a href="${publicUrl}/">${publicUrl}</a> and try it there.</p>` : html`<p><a href="/">To the start</a></p>`}`,
  };
}

type Told = readonly [status: number, title: string, text: string];

const failed: Told = [500, 'That did not work', 'The server has failed. Try again in a moment.'];

const told: Readonly<Record<string, Told>> = {
  not_found: [404, 'There is no such page', 'It is not there, or not for you to see.'],
  foreign_origin: [
    403,
    'Nothing was done',
    'The form is not of a page of this session: it is too old, or was sent from elsewhere.',
  ],
  rate_limited: [429, 'Too often', 'That was asked too often in a short time. Try again later.'],
  unavailable: [503, 'Not at the moment', 'The server is busy. Try again in a moment.'],
  member_erased: [410, 'You have left', 'Everything about you is erased here.'],
  invalid_request: [422, 'Nothing was done', 'What was sent makes no sense here.'],
  invalid_json: [422, 'Nothing was done', 'What was sent makes no sense here.'],
  body_too_large: [413, 'Nothing was done', 'What was sent is too large.'],
  unsupported_media_type: [415, 'Nothing was done', 'What was sent is no form of these pages.'],
};
