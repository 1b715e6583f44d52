import { el, svg } from './dom.ts';

export interface RankRow {
  readonly title: string;
  /** Stands muted beside the title. */
  readonly detail?: string | undefined;
  /** Length of its bar, 0 to 1. */
  readonly share: number;
  /** One for each head but the first. */
  readonly figures: readonly string[];
  /** All others together: grey, and last. */
  readonly rest?: boolean;
  /** What a click on it does; it is plain text without. */
  readonly open?: (() => void) | undefined;
}

/** A table of the largest, with a bar behind each label and its figures beside it. The first head is the label's. */
export function rankTable(label: string, head: readonly string[], rows: readonly RankRow[]): HTMLElement {
  return el(
    'table',
    { class: 'tb-ranks', 'aria-label': label },
    el(
      'thead',
      {},
      el('tr', {}, ...head.map((text, i) => el('th', { scope: 'col', class: i > 0 && 'tb-number' }, text))),
    ),
    el('tbody', {}, ...rows.map(rowOf)),
  );
}

function rowOf({ title, detail, share, figures, rest, open }: RankRow): HTMLElement {
  const words = [
    el('span', { class: 'tb-rank-title tb-cut' }, title),
    detail === undefined || detail === '' ? undefined : el('span', { class: 'tb-rank-detail tb-cut' }, detail),
  ];
  const name = [title, detail].filter(Boolean).join(' ');
  const text =
    open === undefined
      ? el('span', { class: 'tb-rank-label', title: name }, ...words)
      : el(
          'button',
          { type: 'button', class: 'tb-rank-label', 'data-key': `rank ${title}`, title: name, onclick: open },
          ...words,
        );
  return el(
    'tr',
    { class: rest === true && 'tb-rank-rest' },
    el('th', { scope: 'row' }, el('div', { class: 'tb-rank' }, barOf(share), text)),
    ...figures.map((figure) => el('td', {}, figure)),
  );
}

function barOf(share: number): SVGElement {
  const width = `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
  return svg('svg', { 'aria-hidden': 'true' }, svg('rect', { class: 'tb-rank-bar', width, height: '100%', rx: 3 }));
}
