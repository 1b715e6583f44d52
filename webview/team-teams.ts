import type { TeamBoardView } from '../src/dashboard/protocol/team.ts';
import type { TeamRow } from '../src/team/protocol/board.ts';
import { el, svg } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { segments } from './segments.ts';
import { addsUp, metricFormat, metricTitle } from './team-values.ts';
import { withheldWords } from './team-words.ts';

export type TeamMeasure = 'total' | 'each';

const shownTeams = 8;

export interface TeamsOptions {
  readonly view: TeamBoardView;
  readonly k: number | undefined;
  readonly formats: Formats;
  readonly measure: TeamMeasure;
  readonly all: boolean;
  readonly onMeasure: (measure: TeamMeasure) => void;
  readonly onAll: () => void;
}

interface Line {
  readonly row: TeamRow;
  readonly own: boolean;
  /** Null where it is withheld. */
  readonly value: number | null;
}

/** Team against team: the largest first, those that are withheld with the reason. */
export function teamsPart({ view, k, formats, measure, all, onMeasure, onAll }: TeamsOptions) {
  const { metric, teams } = view.snapshot;
  const format = metricFormat(metric, formats);
  const own = new Set(view.boards.filter(({ kind }) => kind === 'team').map(({ id }) => id));
  const summed = addsUp(metric);
  const lines = teams
    .map((row): Line => ({ row, own: own.has(row.team), value: measured(row, summed ? measure : 'each', summed) }))
    .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1));
  const most = Math.max(...lines.map(({ value }) => value ?? 0), Number.MIN_VALUE);
  const shown = all ? lines : lines.filter((line, i) => i < shownTeams || line.own);
  const controls = summed
    ? [
        segments<TeamMeasure>({
          label: t('Compare teams by'),
          choices: [
            { value: 'total', text: t('Total') },
            { value: 'each', text: t('Per member') },
          ],
          value: measure,
          onChange: onMeasure,
        }).element,
      ]
    : [];
  const head = summed ? metricTitle(metric) : t('Median');
  const withheld = lines.filter(({ value }) => value === null);
  const body = [
    el(
      'table',
      { class: 'tb-teams', 'aria-label': t('Team against team') },
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('th', { scope: 'col' }, t('Team')),
          el('th', { class: 'tb-teams-bar-head', 'aria-hidden': 'true' }),
          el('th', { scope: 'col', class: 'tb-number' }, head),
          el('th', { scope: 'col', class: 'tb-number' }, t('Members')),
        ),
      ),
      el('tbody', {}, ...shown.map((line) => rowOf(line))),
    ),
    ...(shown.length < lines.length
      ? [
          el(
            'button',
            { type: 'button', class: 'tb-link-button tb-teams-more', 'data-key': 'all teams', onclick: onAll },
            t('Show all {0} teams', formats.exact(lines.length)),
          ),
        ]
      : []),
    ...(withheld.length === 0
      ? []
      : [
          el(
            'p',
            { class: 'tb-footnote' },
            t('What is withheld is part of larger sums only, from which it cannot be worked out.'),
          ),
        ]),
  ];
  return { controls, body };

  function rowOf({ row, own: yours, value }: Line): HTMLElement {
    const name = el(
      'th',
      { scope: 'row', class: yours && 'tb-strong' },
      el(
        'span',
        { class: 'tb-teams-name' },
        el('span', { class: 'tb-cut', title: row.name }, row.name),
        yours ? pill(t('yours')) : undefined,
      ),
    );
    if (value === null) {
      const reason =
        row.aggregate.withheld === null ? t('nothing counted yet') : withheldWords(row.aggregate.withheld, k);
      return el(
        'tr',
        {},
        name,
        el('td', { colspan: 3, class: 'tb-teams-withheld' }, icon('lock'), el('span', {}, reason)),
      );
    }
    const members = row.aggregate.members;
    return el(
      'tr',
      {},
      name,
      el('td', { class: 'tb-teams-bar', 'aria-hidden': 'true' }, bar(value / most, yours)),
      el('td', { class: 'tb-number' }, format.short(value)),
      el('td', { class: 'tb-number tb-muted' }, members === null ? '–' : formats.exact(members)),
    );
  }
}

function measured({ aggregate }: TeamRow, measure: TeamMeasure, summed: boolean): number | null {
  if (!summed) return aggregate.median;
  if (aggregate.sum === null) return null;
  if (measure === 'total') return aggregate.sum;
  return aggregate.members === null || aggregate.members === 0 ? null : aggregate.sum / aggregate.members;
}

/** `you`, `yours` */
export function pill(text: string): HTMLElement {
  return el('span', { class: 'tb-pill' }, text);
}

/** A bar of a share from 0 to 1 on its track. */
export function bar(share: number, own: boolean): SVGElement {
  return svg(
    'svg',
    { class: 'tb-bar', 'aria-hidden': 'true' },
    svg('rect', { class: 'tb-bar-track', width: '100%', height: '100%' }),
    svg('rect', {
      class: own ? 'tb-bar-fill tb-bar-own' : 'tb-bar-fill',
      width: `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`,
      height: '100%',
    }),
  );
}
