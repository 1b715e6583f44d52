import { ask, type Visit } from './ask.ts';
import { html } from './html.ts';
import type { Page } from './page.ts';
import { act, card } from './parts.ts';
import { saidOf } from './said.ts';
import { viewerOf } from './viewer.ts';

/** The one question before everything about oneself is erased. */
export async function leavePage(visit: Visit, { said }: { readonly said?: string }): Promise<Page> {
  const viewer = await viewerOf(visit, await ask(visit, 'me', {}));
  return {
    title: 'Leave',
    viewer,
    narrow: true,
    body: html`<h1>Leave ${viewer.organisation}?</h1>
${saidOf(said)}
${card(
  'leaving',
  'What happens then',
  null,
  html`<ul class="plain-list">
<li>You are hidden from every board at once.</li>
<li>All that the server keeps about you is erased, also from copies that are restored later.</li>
<li>All your machines and browsers are signed out. What is counted on a machine stays on it.</li>
</ul>
<div class="doors">${act('/me/leave', viewer.formToken, html`<button class="main" type="submit">Leave and erase everything about me</button>`)}<a class="button" href="/me">Stay</a></div>
<p class="small muted">You can <a href="/me#end">export</a> what they have on you before.</p>`,
)}`,
  };
}

/** After one has left. */
export const leftPage: Page = {
  title: 'You have left',
  narrow: true,
  body: html`<h1>You have left</h1>
<p>Everything about you is erased here, and nothing is shared any more. Machines that still have Tokenboard count for you alone.</p>
<p><a href="/">What this board is</a></p>`,
};
