import type { TeamRow } from '../../team/protocol/board.ts';
import { exact } from '../../usage/format.ts';
import type { BoardChoice, BoardView } from './board-view.ts';
import { boardPath } from './controls.ts';
import { addsUp, metricFormat } from './figures.ts';
import { type Html, html } from './html.ts';
import { bar, card } from './parts.ts';
import { metricTitles, withheldWords } from './words.ts';

const shownTeams = 8;

/** Team against team: the largest first, those that are withheld with the reason. */
export function teamsCard({ snapshot, boards, policy }: BoardView, choice: BoardChoice): Html {
  const { metric, teams } = snapshot;
  const summed = addsUp(metric);
  const each = !summed || choice.by === 'member';
  const own = new Set(boards.filter(({ kind }) => kind === 'team').map(({ id }) => id));
  const lines = teams
    .map((row) => ({ row, own: own.has(row.team), value: measured(row, each, summed) }))
    .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1));
  const most = Math.max(...lines.map(({ value }) => value ?? 0), Number.MIN_VALUE);
  const shown = choice.all === undefined ? lines.filter((one, i) => i < shownTeams || one.own) : lines;
  const format = metricFormat(metric);
  const rows = shown.map(({ row, own: yours, value }) => {
    const { withheld, members } = row.aggregate;
    const name = html`<th scope="row"${yours ? html` class="strong"` : ''}>${row.name}${yours ? html` <span class="pill">yours</span>` : ''}</th>`;
    if (value === null) {
      const why = withheld === null ? 'nothing counted yet' : withheldWords(withheld, policy.k);
      return html`<tr>${name}<td colspan="3" class="muted withheld">${why}</td></tr>`;
    }
    return html`<tr>${name}<td class="bar-cell" aria-hidden="true">${bar(value / most, yours)}</td><td class="number">${format.short(value)}</td><td class="number muted">${members === null ? '–' : exact(members)}</td></tr>`;
  });
  const hiddenOnes = lines.filter(({ value }) => value === null).map(({ row }) => row.name);
  return card(
    'teams',
    'Team against team',
    summed ? measureLinks(snapshot, each) : null,
    html`<table class="teams"><caption class="hidden-text">Team against team, ${metricTitles[metric].toLowerCase()}</caption>
<thead><tr><th scope="col">Team</th><td class="bar-cell"></td><th scope="col" class="number">${summed ? (each ? 'Per member' : metricTitles[metric]) : 'Median'}</th><th scope="col" class="number">Members</th></tr></thead>
<tbody>${rows}</tbody></table>`,
    shown.length < lines.length
      ? html`<p class="small"><a href="${boardPath('/us', snapshot, '&all=1')}#teams">Show all ${exact(lines.length)} teams</a></p>`
      : null,
    hiddenOnes.length === 0
      ? null
      : html`<p class="foot">What is withheld is counted in the total of all together, in a way that it cannot be worked out from it.</p>`,
  );
}

function measureLinks(snapshot: BoardView['snapshot'], each: boolean): Html {
  const link = (more: string, here: boolean, text: string): Html =>
    html`<li><a href="${boardPath('/us', snapshot, more)}#teams"${here ? html` aria-current="true"` : ''}>${text}</a></li>`;
  return html`<nav aria-label="Compare teams by"><ul class="segments">${link('', !each, 'Total')}${link('&by=member', each, 'Per member')}</ul></nav>`;
}

function measured({ aggregate }: TeamRow, each: boolean, summed: boolean): number | null {
  if (!summed) return aggregate.median;
  if (aggregate.sum === null || !each) return aggregate.sum;
  return aggregate.members === null || aggregate.members === 0 ? null : aggregate.sum / aggregate.members;
}
