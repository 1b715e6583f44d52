import type { ShareView, TeamBoardView, TeamStatus } from '../src/dashboard/protocol/team.ts';
import type { Row } from '../src/team/protocol/board.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { rowBadges, titleWords } from './team-badges.ts';
import { panel } from './team-explain.ts';
import { bar, pill } from './team-teams.ts';
import { aheadWords, formulaLine } from './team-us.ts';
import { formulaNotes, formulaWords, metricFormat, metricTitle, windowTitle } from './team-values.ts';
import { daysWords, looksWords } from './team-words.ts';

export interface RankingOptions {
  readonly view: TeamBoardView;
  readonly status: TeamStatus;
  readonly views: ShareView['views'];
  readonly formats: Formats;
  readonly all: boolean;
  readonly onAll: (all: boolean) => void;
  readonly explain: (title: string) => void;
}

/** Rows that are shown at first. */
const shownRows = 10;

/** The second view: who leads, with one's own row always in sight. */
export function rankingPanel(options: RankingOptions): HTMLElement {
  const { view, formats, explain } = options;
  const { snapshot, formula } = view;
  const { metric, window, from, to, total } = snapshot;
  const days = from === null || to === null ? '' : t('{0}, complete UTC days', daysWords(from, to, formats));
  const people = total?.members == null ? '' : t('{0} participants', formats.exact(total.members));
  return panel(
    {
      title: t('{0}, {1}', metricTitle(metric), windowTitle(window).toLowerCase()),
      name: 'ranking',
      note: [days, people].filter(Boolean).join(' · '),
      explain,
    },
    formulaLine(formulaWords(metric, formula), [
      ...formulaNotes(metric).slice(0, 1),
      t('others’ values have three significant digits'),
    ]),
    ...(snapshot.quiet || snapshot.rows.length === 0 ? [unlisted(options)] : [board(options), foot(options)]),
  );
}

function unlisted({ view: { snapshot, standing }, formats }: RankingOptions): HTMLElement {
  const percentile = standing?.percentile;
  return el(
    'div',
    { class: 'tb-unlisted' },
    icon(snapshot.quiet ? 'eye-closed' : 'organization'),
    el(
      'div',
      {},
      el(
        'p',
        { class: 'tb-strong' },
        snapshot.quiet ? t('Quiet mode: no names, for anyone.') : t('Nobody is listed yet.'),
      ),
      el(
        'p',
        { class: 'tb-muted' },
        percentile == null
          ? t('Your own place is shown here once a complete day of yours is counted.')
          : t('You are {0}. Only you see this.', aheadWords(percentile, formats)),
      ),
    ),
  );
}

function board({ view, status, formats, all, onAll }: RankingOptions): HTMLElement {
  const { snapshot, standing } = view;
  const { rows, metric, window } = snapshot;
  const format = metricFormat(metric, formats);
  const own = ownIndex(view, status);
  const most = Math.max(...rows.map(({ value }) => value), standing?.value ?? 0, Number.MIN_VALUE);
  const tied = new Set(rows.filter((row, i) => rows[i + 1]?.rank === row.rank).map(({ rank }) => rank));
  const cell = (name: string, ...children: readonly (Node | string | undefined)[]) =>
    el('span', { role: 'cell', class: `tb-cell-${name}` }, ...children);

  function rowOf(row: Row, isOwn: boolean): HTMLElement {
    const titles = titleWords(row, window);
    const value = isOwn ? (standing?.value ?? row.value) : row.value;
    return el(
      'div',
      { role: 'row', class: `tb-board-row ${isOwn ? 'tb-board-own' : ''}`, 'aria-current': isOwn && 'true' },
      cell('rank', tied.has(row.rank) ? `${formats.exact(row.rank)}=` : formats.exact(row.rank)),
      el(
        'span',
        { role: 'rowheader', class: 'tb-cell-name' },
        el('span', { class: 'tb-cut', title: row.name }, row.name),
        isOwn ? pill(t('you')) : undefined,
      ),
      el('span', { class: 'tb-cell-bar', 'aria-hidden': 'true' }, bar(value / most, isOwn)),
      cell('value', format.short(value)),
      cell('badges', rowBadges(row.badges)),
      cell(
        'title',
        titles === '' ? undefined : el('span', { class: 'tb-title-chip' }, titles),
        isOwn ? ownWords() : undefined,
      ),
    );
  }

  function ownWords(): HTMLElement {
    const value = standing?.value;
    const next = standing?.toNext;
    return el(
      'span',
      { class: 'tb-own-words' },
      ...(value == null ? [] : [el('span', {}, t('{0} exactly', format.exact(value)))]),
      ...(next == null || standing?.rank == null
        ? standing?.rank === 1
          ? [el('span', { class: 'tb-muted' }, t('nobody is ahead of you'))]
          : []
        : [el('span', { class: 'tb-muted' }, t('{0} to the next rank', format.short(next)))]),
    );
  }

  /** Who is not listed still has a row of one's own, which nobody else sees. */
  function unlistedRow(): HTMLElement | undefined {
    if (standing?.value == null) return undefined;
    const why =
      standing.visibility === 'aggregate' ? t('in totals only: nobody else sees this row') : t('only you see this row');
    return el(
      'div',
      { role: 'row', class: 'tb-board-row tb-board-own', 'aria-current': 'true' },
      cell('rank', standing.rank === null ? '–' : formats.exact(standing.rank)),
      el(
        'span',
        { role: 'rowheader', class: 'tb-cell-name' },
        el('span', { class: 'tb-cut' }, view.viewer),
        pill(t('you')),
      ),
      el('span', { class: 'tb-cell-bar', 'aria-hidden': 'true' }, bar(standing.value / most, true)),
      cell('value', format.short(standing.value)),
      cell('badges'),
      cell('title', ownWords(), el('span', { class: 'tb-muted tb-small' }, why)),
    );
  }

  const shown = all ? rows : rows.slice(0, shownRows);
  const ownShown = own >= 0 && own < shown.length;
  const ownRow = rows[own];
  const pinned = ownShown ? undefined : ownRow === undefined ? unlistedRow() : rowOf(ownRow, true);
  const between = own >= shown.length ? own - shown.length : undefined;
  const head = (name: string, text: string) => el('span', { role: 'columnheader', class: `tb-cell-${name}` }, text);
  return el(
    'div',
    { class: 'tb-board', role: 'table', 'aria-label': t('Ranking'), 'aria-rowcount': rows.length + 1 },
    el(
      'div',
      { role: 'rowgroup', class: 'tb-board-group' },
      el(
        'div',
        { role: 'row', class: 'tb-board-head' },
        head('rank', t('Rank')),
        head('name', t('Name')),
        el('span', { class: 'tb-cell-bar', 'aria-hidden': 'true' }),
        head('value', metricTitle(metric)),
        head('badges', t('Badges')),
        head('title', t('Title')),
      ),
    ),
    el(
      'div',
      { role: 'rowgroup', class: 'tb-board-group' },
      ...shown.map((row, i) => rowOf(row, i === own)),
      rows.length > shownRows ? more(between) : undefined,
      pinned,
    ),
  );

  function more(left: number | undefined): HTMLElement {
    const text = all ? t('Show the first ten') : t('Show {0}', formats.exact(rows.length));
    return el(
      'div',
      { role: 'row', class: 'tb-board-more' },
      el(
        'span',
        { role: 'cell' },
        left === undefined || left < 1
          ? undefined
          : el(
              'span',
              { class: 'tb-muted' },
              `${left === 1 ? t('1 more between') : t('{0} more between', formats.exact(left))} · `,
            ),
        el(
          'button',
          { type: 'button', class: 'tb-link-button', 'data-key': 'all rows', onclick: () => onAll(!all) },
          text,
        ),
      ),
    );
  }
}

/** Where one's own row is in the snapshot; -1 where one is not listed. */
function ownIndex({ snapshot, standing, boards, viewer }: TeamBoardView, status: TeamStatus): number {
  if (standing?.listedRank == null) return -1;
  const here = boards.find(({ id }) => id === snapshot.board);
  const names = new Set([here?.pseudonym, status.as, viewer]);
  const ranked = snapshot.rows.filter(({ rank }) => rank === standing.listedRank);
  const own = ranked.find(({ name }) => names.has(name)) ?? (ranked.length === 1 ? ranked[0] : undefined);
  return own === undefined ? -1 : snapshot.rows.indexOf(own);
}

function foot({ view: { snapshot }, views, formats }: RankingOptions): HTMLElement {
  return el(
    'div',
    { class: 'tb-board-foot' },
    el(
      'span',
      {},
      t('Ranks below {0} see only themselves. Everyone here chose to be listed.', formats.exact(snapshot.topN)),
    ),
    views === undefined ? undefined : el('span', {}, lookedAt(views, formats)),
  );
}

/** How often one was looked at, and by whom. */
export function lookedAt(views: NonNullable<ShareView['views']>, formats: Formats): string {
  if (views.total === 0) return t('Nobody has looked at a board with you on it yet.');
  const by = new Intl.ListFormat(formats.locale, { type: 'conjunction' }).format(
    views.byRole.filter(({ count }) => count > 0).map(({ role, count }) => looksWords(role, formats.exact(count))),
  );
  return views.total === 1
    ? t('You were looked at once: {0}.', by)
    : t('You were looked at {0} times: {1}.', formats.exact(views.total), by);
}
