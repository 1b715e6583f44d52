import { type Html, html } from './html.ts';

/** What a page says after a form was sent: nothing of it comes from an address. */
const sentences: Readonly<Record<string, readonly [kind: 'done' | 'problem', text: string]>> = {
  appears: ['done', 'Saved. It holds at once on every board.'],
  hidden: ['done', 'You are off every board, and count in totals only.'],
  renewed: ['done', 'You have a new pseudonym. Nothing links it to the one before.'],
  removed: ['done', 'The machine is removed: it is signed out, and its counts are gone.'],
  connected: ['done', 'Your account is connected: signing in with it leads to you.'],
  stopped: ['done', 'You share nothing any more, and nobody sees a row of yours.'],
  name_missing: ['problem', 'To appear by name, enter one that can be seen.'],
  names_forbidden: ['problem', 'This board shows no names. Choose pseudonym or totals only.'],
  policy_changed: ['problem', 'The policy has changed meanwhile. Please read it again.'],
  last_owner: ['problem', 'You are the last owner. Make someone else an owner first, or close the board.'],
  rate_limited: ['problem', 'That was too often in a short time. Nothing was changed; try again later.'],
  not_found: ['problem', 'There is no such thing any more. Nothing was changed.'],
};

/** The sentence that an address names, if it names one. */
export function saidOf(name: string | undefined): Html | null {
  const found = name === undefined || !Object.hasOwn(sentences, name) ? undefined : sentences[name];
  if (found === undefined) return null;
  const [kind, text] = found;
  return html`<p class="said ${kind}" role="${kind === 'done' ? 'status' : 'alert'}">${text}</p>`;
}

/** Whether there is a sentence of that name. */
export function canSay(name: string | undefined): name is string {
  return name !== undefined && Object.hasOwn(sentences, name);
}
