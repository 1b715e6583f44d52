import type { BoardView } from './board-view.ts';
import { metricFormat } from './figures.ts';
import { type Html, html } from './html.ts';
import { state } from './parts.ts';
import { firstSnapshot, momentWords } from './words.ts';

/** What stands in place of a board that is not published: waiting, or closed with the owner's words. */
export function boardState({ snapshot, standing, info }: BoardView): Html | undefined {
  const { name, notice, nextAt, metric } = snapshot;
  if (snapshot.state === 'open') return undefined;
  if (snapshot.state === 'closed') return closedState(name, notice);
  const format = metricFormat(metric);
  const value = standing?.value ?? null;
  return state(
    'Waiting for the first snapshot',
    html`<p>${nextAt === null ? firstSnapshot[info.cadence] : `It comes at ${momentWords(nextAt)}.`}</p>`,
    value === null ? html`` : html`<p>You so far: ${format.exact(value)} ${format.unit}. Only you see this.</p>`,
    html`<p class="muted">Until then nobody sees anything of you, and you see nothing of others.</p>`,
  );
}

/** The owner has closed the board, with these words. */
export function closedState(name: string, notice: string | null): Html {
  return state(
    `${name} has closed its board`,
    notice === null || notice === '' ? html`` : html`<blockquote class="notice">${notice}</blockquote>`,
    html`<p class="muted">Nobody sees anyone’s figures any more. You can still export your own, and leave: both are under <a href="/me">Mine</a>.</p>`,
  );
}
