import type { BoardView } from './board-view.ts';
import { type Html, html } from './html.ts';
import { act } from './parts.ts';
import { dayWords, momentWords, visibilityTitles } from './words.ts';

/** Line 1 of a board's pages: as what one stands there, how old the snapshot is, and the way out. */
export function line({ me, viewer, info, snapshot }: BoardView): Html {
  const { flag, hidden } = me;
  const age =
    snapshot.builtAt === null ? null : html`<span class="muted">snapshot ${momentWords(snapshot.builtAt)}</span>`;
  const hide =
    info.visibility === 'aggregate'
      ? html`<a href="/me#appear">Appear</a>`
      : act('/me/hide', viewer.formToken, html`<button class="link" type="submit">Hide me</button>`);
  return html`<div class="line">
<p class="line-words"><span class="dot ${hidden ? 'off' : ''}" aria-hidden="true"></span>${stands(info, viewer.name, hidden)}</p>
${age}
<div class="line-acts">${hide}<a href="/me/leave">Leave</a></div>
${flag === null ? null : html`<p class="line-more muted">A person looked at your counts (${flag.reason}); the note ends ${dayWords(flag.until.slice(0, 10))}.</p>`}
</div>`;
}

function stands({ visibility }: BoardView['info'], name: string, hidden: boolean): Html {
  if (hidden) return html`An admin has hidden you: nobody sees a row of yours, and you count in no board.`;
  if (visibility === 'aggregate') return html`You count <strong>in totals only</strong>: nobody sees a row of yours.`;
  return html`You appear as <strong>${name}</strong>, ${visibilityTitles[visibility].toLowerCase()}.`;
}
