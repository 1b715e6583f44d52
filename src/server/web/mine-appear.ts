import type { BoardInfo } from '../../team/protocol/board.ts';
import { maxNameLength } from '../../team/protocol/limits.ts';
import type { Me } from '../../team/protocol/me.ts';
import type { Policy } from '../../team/protocol/policy.ts';
import { organisationBoard, type Visibility, visibilities } from '../../team/protocol/terms.ts';
import { type Html, html } from './html.ts';
import type { Viewer } from './page.ts';
import { act, card, hidden } from './parts.ts';
import { visibilityTitles } from './words.ts';

export interface AppearParts {
  readonly me: Me;
  readonly policy: Policy;
  readonly boards: readonly BoardInfo[];
  readonly viewer: Viewer;
}

/** As what one stands on each board: by name, by pseudonym, in totals only. It holds at once. */
export function appearCard({ me, policy, boards, viewer }: AppearParts): Html {
  const offered = visibilities.filter((one) => one !== 'named' || policy.namedBoards);
  const main = boards.find(({ id }) => id === organisationBoard);
  const chosen = main?.visibility ?? me.consent?.visibility ?? 'aggregate';
  const words: Readonly<Record<Visibility, string>> = {
    named: `With the name below, to all members of ${policy.organisation}.`,
    pseudonym: 'On this board only. It can be renewed.',
    aggregate: 'No row. You see your own place.',
  };
  const radios = offered.map(
    (
      one,
    ) => html`<div class="choice"><input type="radio" id="as-${one}" name="visibility" value="${one}"${one === chosen ? html` checked` : ''}>
<label for="as-${one}"><span>${visibilityTitles[one]}</span><span class="muted small">${words[one]}</span></label></div>`,
  );
  const others = boards.filter(({ id }) => id !== organisationBoard);
  return card(
    'appear',
    'How you appear',
    null,
    html`<form method="post" action="/me/appear">${hidden({ form: viewer.formToken })}
<fieldset><legend class="hidden-text">On the board of ${policy.organisation}</legend>${radios}</fieldset>
${policy.namedBoards ? html`<div class="field"><label for="name">Name, shown where you appear by name</label><input id="name" name="name" type="text" maxlength="${maxNameLength}" autocomplete="name" value="${me.consent?.displayName ?? ''}"></div>` : null}
${others.map(({ id, name, visibility }) => html`<div class="field"><label for="board-${id}">On the board of ${name}</label><select id="board-${id}" name="board-${id}">${offered.map((one) => html`<option value="${one}"${one === visibility ? html` selected` : ''}>${visibilityTitles[one]}</option>`)}</select></div>`)}
<p><button class="main" type="submit">Save how I appear</button></p></form>
${boards.map((board) => pseudonymOf(board, viewer))}`,
  );
}

function pseudonymOf({ id, name, visibility, pseudonym }: BoardInfo, { formToken }: Viewer): Html | null {
  if (visibility !== 'pseudonym') return null;
  if (pseudonym === null)
    return html`<p class="small muted">You get a pseudonym on the board of ${name} with its next snapshot.</p>`;
  return html`<details class="confirm"><summary>${pseudonym}, on the board of ${name}: renew</summary>
<p class="small">“${pseudonym}” is gone for good, and you get another one at once. Nothing links the two.</p>
${act('/me/pseudonym', formToken, html`<button type="submit">Renew it</button>`, { board: String(id) })}</details>`;
}
