import { exact } from '../../usage/format.ts';
import type { Visit } from './ask.ts';
import { type BoardChoice, type BoardView, boardView } from './board-view.ts';
import { controls } from './controls.ts';
import { boardFacts, formulaLine } from './facts.ts';
import { addsUp, metricFormat, percent } from './figures.ts';
import { histogram } from './histogram.ts';
import { type Html, html } from './html.ts';
import { line } from './line.ts';
import type { Page } from './page.ts';
import { card, figure } from './parts.ts';
import { boardState } from './states.ts';
import { teamsCard } from './teams-card.ts';
import { watermark } from './watermark.ts';
import { daysWords, formulaNotes, formulas, momentWords, windowTitles, withheldWords } from './words.ts';

/** All together, where one stands among them, team against team. */
export async function usPage(visit: Visit, choice: BoardChoice): Promise<Page> {
  const view = await boardView(visit, choice);
  const { snapshot, viewer } = view;
  return {
    title: 'Us',
    viewer,
    current: 'us',
    body: html`<h1 class="hidden-text">${snapshot.name}: us</h1>${line(view)}
${boardState(view) ?? html`<div class="bar-of-controls"><p class="muted small">${shownDays(view)}</p>${controls('/us', view)}</div>${board(view, together(view), stand(view), snapshot.teams.length === 0 ? null : teamsCard(view, choice))}`}`,
  };
}

/** `23 Oct – 21 Nov 2026, complete UTC days` */
export function shownDays({ snapshot: { from, to, window } }: BoardView): string {
  if (from === null || to === null) return '';
  return window === 'today' ? `${daysWords(from, to)}, so far, UTC` : `${daysWords(from, to)}, complete UTC days`;
}

/** The parts of a board under its watermark. */
export function board({ snapshot, viewer }: BoardView, ...parts: readonly (Html | null)[]): Html {
  const time = snapshot.builtAt === null ? '' : momentWords(snapshot.builtAt);
  return html`<div class="board">${parts}${watermark(`${viewer.name} · ${time}`)}</div>`;
}

function together(view: BoardView): Html {
  const { snapshot, standing, policy } = view;
  const { total, metric, window } = snapshot;
  const format = metricFormat(metric);
  const headline = (addsUp(metric) ? total?.sum : total?.median) ?? null;
  const what = addsUp(metric) ? format.unit : `median ${format.unit}`;
  const first =
    headline === null
      ? html`<p class="headline-none muted">${total?.withheld == null ? 'No total yet.' : `Total ${withheldWords(total.withheld, policy.k)}.`}</p>`
      : html`<div class="total"><p class="headline" title="${format.exact(headline)}">${format.short(headline)}</p><p class="muted">${what} in ${windowTitles[window].toLowerCase()}</p></div>`;
  const { percentile = null, value = null, rank = null } = standing ?? {};
  return card(
    'together',
    `${snapshot.name} together`,
    fewDigits(total?.digits),
    html`<div class="together">${first}<dl class="figures">
${figure('Participants', total?.members == null ? '–' : exact(total.members), 'sharing by their own choice')}
${figure('Median', total?.median == null ? '–' : format.short(total.median), 'half have less, half more')}
${figure('You', rank === null ? '–' : `#${exact(rank)}`, percentile === null ? (value === null ? 'nothing counted in these days' : 'too few for a place among them') : aheadWords(percentile))}
${figure(`Your ${format.unit}`, value === null ? '–' : format.short(value), value === null ? 'counted once a day is complete' : `${format.exact(value)} exactly`)}
</dl></div>`,
    formulaLine(formulaNotes[metric], formulas[metric]),
    boardFacts(view),
  );
}

function stand({ snapshot, standing }: BoardView): Html {
  const { histogram: bins, total, metric, window } = snapshot;
  const format = metricFormat(metric);
  const percentile = standing?.percentile ?? null;
  const content =
    bins === null
      ? html`<p class="muted">The distribution is shown once there are enough members that it tells of no single one.</p>`
      : histogram({
          bins,
          median: total?.median ?? null,
          own: standing?.value ?? null,
          format,
          caption: `${format.unit} per person in ${windowTitles[window].toLowerCase()}`,
        });
  return card('stand', 'Where you stand', percentile === null ? null : `percentile ${exact(percentile)}`, content);
}

export function aheadWords(percentile: number): string {
  return `at or above ${percent(percentile / 100, 1)} of members`;
}

/** Why a sum is told less finely than rows. */
function fewDigits(digits: number | null | undefined): string | null {
  if (digits === 2) return 'two digits: members came or went';
  return digits === 1 ? 'one digit: members came or went' : null;
}
