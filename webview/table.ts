import { el } from './dom.ts';

export interface TableColumn {
  readonly title: string;
  /** Figures stand to the right. */
  readonly number?: boolean;
}

export interface TableOptions {
  /** What it is a table of, for screen readers. */
  readonly label: string;
  readonly columns: readonly TableColumn[];
  /** The first cell of a row is its head. */
  readonly rows: readonly (readonly (Node | string)[])[];
}

/** A plain table that scrolls sideways where it is too wide. */
export function table({ label, columns, rows }: TableOptions): HTMLElement {
  const kind = (column: number) => columns[column]?.number === true && 'tb-number';
  return el(
    'div',
    { class: 'tb-table-wrap tb-table-scroll', tabindex: 0, role: 'region', 'aria-label': label },
    el(
      'table',
      { class: 'tb-table', 'aria-label': label },
      el(
        'thead',
        {},
        el('tr', {}, ...columns.map(({ title }, i) => el('th', { scope: 'col', class: kind(i) }, title))),
      ),
      el(
        'tbody',
        {},
        ...rows.map((cells) =>
          el(
            'tr',
            {},
            ...cells.map((cell, i) =>
              i === 0 ? el('th', { scope: 'row', class: kind(i) }, cell) : el('td', { class: kind(i) }, cell),
            ),
          ),
        ),
      ),
    ),
  );
}
