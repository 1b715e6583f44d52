import type { Row } from '../../team/protocol/board.ts';
import { exact } from '../../usage/format.ts';
import { ask, type Visit } from './ask.ts';
import { badgePictures, titleWords } from './badge-pictures.ts';
import { type BoardChoice, type BoardView, boardView } from './board-view.ts';
import { boardPath, controls } from './controls.ts';
import { boardFacts, formulaLine } from './facts.ts';
import { type MetricFormat, metricFormat } from './figures.ts';
import { type Html, html } from './html.ts';
import { line } from './line.ts';
import type { Page } from './page.ts';
import { bar, card } from './parts.ts';
import { boardState } from './states.ts';
import { aheadWords, board, shownDays } from './us-page.ts';
import { formulaNotes, formulas, lookedAt, metricTitles, windowTitles } from './words.ts';

/** Rows that are shown at first. */
const shownRows = 10;

/** Who leads, with one's own row always in sight. */
export async function rankingPage(visit: Visit, choice: BoardChoice): Promise<Page> {
  const [view, { views }] = await Promise.all([boardView(visit, choice), ask(visit, 'views', {})]);
  const { snapshot, viewer } = view;
  return {
    title: 'Ranking',
    viewer,
    current: 'ranking',
    body: html`<h1 class="hidden-text">${snapshot.name}: ranking</h1>${line(view)}
${boardState(view) ?? html`<div class="bar-of-controls">${controls('/ranking', view)}</div>${board(view, ranking(view, choice, lookedAt(views)))}`}`,
  };
}

function ranking(view: BoardView, choice: BoardChoice, looks: string): Html {
  const { metric, window, total, quiet, rows } = view.snapshot;
  const people = total?.members == null ? '' : `${exact(total.members)} participants`;
  const listed = !quiet && rows.length > 0;
  return card(
    'ranking',
    `${metricTitles[metric]}, ${windowTitles[window].toLowerCase()}`,
    [shownDays(view), people].filter(Boolean).join(' · '),
    formulaLine(
      [...formulaNotes[metric].slice(0, 1), 'others’ values have three significant digits'],
      formulas[metric],
    ),
    listed ? tableOf(view, choice) : unlisted(view),
    html`<div class="board-foot"><p>${listed ? `Ranks below ${exact(view.snapshot.topN)} see only themselves. Everyone here chose to be listed. ` : ''}${looks}</p></div>`,
    boardFacts(view),
  );
}

function unlisted({ snapshot, standing }: BoardView): Html {
  const percentile = standing?.percentile ?? null;
  return html`<div class="unlisted"><p class="strong">${snapshot.quiet ? 'Quiet mode: no names, for anyone.' : 'Nobody is listed yet.'}</p>
<p class="muted">${percentile === null ? 'Your own place is shown here once a complete day of yours is counted, and enough others take part.' : `You are ${aheadWords(percentile)}. Only you see this.`}</p></div>`;
}

function tableOf(view: BoardView, { all }: BoardChoice): Html {
  const { snapshot, standing, own, viewer } = view;
  const { rows, metric, window } = snapshot;
  const format = metricFormat(metric);
  const most = Math.max(...rows.map(({ value }) => value), standing?.value ?? 0, Number.MIN_VALUE);
  const tied = new Set(rows.filter((row, i) => rows[i + 1]?.rank === row.rank).map(({ rank }) => rank));
  const shown = all === undefined ? rows.slice(0, shownRows) : rows;

  function rowOf(row: Row, isOwn: boolean): Html {
    return lineOf({
      rank: tied.has(row.rank) ? `${exact(row.rank)}=` : exact(row.rank),
      name: row.name,
      share: (isOwn ? (standing?.value ?? row.value) : row.value) / most,
      value: format.short(isOwn ? (standing?.value ?? row.value) : row.value),
      badges: row.badges,
      title: titleWords(row.titles, window),
      own: isOwn ? ownWords(view, format) : undefined,
    });
  }

  /** Who is not listed still has a row of one's own, which nobody else sees. */
  function unlistedRow(): Html | null {
    if (standing?.value == null) return null;
    const why =
      standing.visibility === 'aggregate' ? 'in totals only: nobody else sees this row' : 'only you see this row';
    return lineOf({
      rank: standing.rank === null ? '–' : exact(standing.rank),
      name: viewer.name,
      share: standing.value / most,
      value: format.short(standing.value),
      badges: [],
      title: '',
      own: html`${ownWords(view, format)}<span class="muted">${why}</span>`,
    });
  }

  const ownRow = rows[own];
  const pinned = own >= 0 && own < shown.length ? null : ownRow === undefined ? unlistedRow() : rowOf(ownRow, true);
  return html`<table class="ranking"><caption class="hidden-text">Ranking by ${metricTitles[metric].toLowerCase()}, ${windowTitles[window].toLowerCase()}</caption>
<thead><tr><th scope="col" class="rank">Rank</th><th scope="col">Name</th><td class="bar-cell"></td><th scope="col" class="number">${metricTitles[metric]}</th><th scope="col" class="badges-cell">Badges</th><th scope="col" class="title-cell">Title</th></tr></thead>
<tbody>${shown.map((row, i) => rowOf(row, i === own))}${rows.length > shownRows ? more(view, all !== undefined, own - shown.length) : null}${pinned}</tbody>
</table>`;
}

interface Line {
  readonly rank: string;
  readonly name: string;
  readonly share: number;
  readonly value: string;
  readonly badges: readonly string[];
  readonly title: string;
  /** Words about one's own row; undefined for others'. */
  readonly own: Html | undefined;
}

function lineOf({ rank, name, share, value, badges, title, own }: Line): Html {
  const isOwn = own !== undefined;
  const chip = title === '' ? null : html`<span class="chip">${title}</span>`;
  // On a phone there is no column for titles: what stands there then stands under the name.
  const more =
    chip === null && own === undefined
      ? null
      : html`${chip}${own === undefined ? null : html`<span class="own-words">${own}</span>`}`;
  return html`<tr${isOwn ? html` class="own" aria-current="true"` : ''}><td class="rank">${rank}</td><th scope="row"><span class="name">${name}</span>${isOwn ? html` <span class="pill">you</span>` : ''}${more === null ? null : html`<span class="under">${more}</span>`}</th><td class="bar-cell" aria-hidden="true">${bar(share, isOwn)}</td><td class="number value">${value}</td><td class="badges-cell">${badges.length === 0 ? null : badgePictures(badges)}</td><td class="title-cell">${more}</td></tr>`;
}

function ownWords({ standing }: BoardView, format: MetricFormat): Html {
  const { value = null, toNext = null, rank = null } = standing ?? {};
  return html`${value === null ? null : html`<span>${format.exact(value)} exactly</span>`}${
    toNext !== null && rank !== null
      ? html`<span class="muted">${format.short(toNext)} to the next rank</span>`
      : rank === 1
        ? html`<span class="muted">nobody is ahead of you</span>`
        : null
  }`;
}

function more({ snapshot }: BoardView, all: boolean, between: number): Html {
  const left = between < 1 ? '' : `${exact(between)} more between · `;
  const link = all
    ? html`<a href="${boardPath('/ranking', snapshot)}">Show the first ten</a>`
    : html`<a href="${boardPath('/ranking', snapshot, '&all=1')}">Show ${exact(snapshot.rows.length)}</a>`;
  return html`<tr class="more"><td colspan="6">${left}${link}</td></tr>`;
}
