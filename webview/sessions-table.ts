import type { ListRow, ListView, ListWish, SortColumn } from '../src/dashboard/protocol/sessions.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { roving } from './roving.ts';
import { columnsOf, firstColumn, type ListColumn } from './sessions-columns.ts';
import { rowDetail, rowTitle } from './sessions-words.ts';

export interface ListTableOptions {
  readonly formats: Formats;
  sort(column: SortColumn): void;
  toggle(row: ListRow): void;
  /** What stands below an open row. */
  detail(row: ListRow): HTMLElement;
}

/** The list as a table: heads that sort, rows that open. Arrow keys go from row to row. */
export function listTable({ formats, sort, toggle, detail }: ListTableOptions) {
  const head = el('thead', {});
  const body = el('tbody', {});
  const element = el('table', { class: 'tb-list' }, head, body);
  const stops = roving(
    body,
    () => [...body.querySelectorAll<HTMLElement>('.tb-list-open')],
    (button) => button.scrollIntoView({ block: 'nearest' }),
  );

  function rowOf(view: ListView, columns: readonly ListColumn[], row: ListRow, open: boolean): readonly HTMLElement[] {
    const detailId = `row-${row.id}`.replaceAll(/\s/g, '-');
    const title = rowTitle(view.list, row, formats);
    const button = el(
      'button',
      {
        type: 'button',
        class: 'tb-list-open',
        'data-key': row.id,
        'aria-expanded': String(open),
        'aria-controls': open ? detailId : undefined,
      },
      icon(open ? 'chevron-down' : 'chevron-right'),
      el(
        'span',
        { class: 'tb-list-words' },
        el('span', { class: 'tb-cut tb-list-title', title: view.list === 'sessions' ? undefined : title }, title),
        el(
          'span',
          { class: 'tb-cut tb-list-detail' },
          ...rowDetail(view.list, row, formats).map(({ text, project }) =>
            el('span', { class: project && 'tb-list-detail-project' }, text),
          ),
        ),
      ),
    );
    const line = el(
      'tr',
      { class: open ? 'tb-list-row tb-list-row-open' : 'tb-list-row', 'data-row': row.id },
      el('th', { scope: 'row' }, button),
      ...columns.map((column) => el('td', { class: classOf(column) }, column.cell(row, formats))),
    );
    line.addEventListener('click', () => {
      if (getSelection()?.isCollapsed !== false) toggle(row);
    });
    if (!open) return [line];
    return [
      line,
      el('tr', { class: 'tb-list-detail-row', id: detailId }, el('td', { colspan: columns.length + 1 }, detail(row))),
    ];
  }

  return {
    element,
    show(view: ListView, wish: ListWish, opened: string | undefined): void {
      const columns = columnsOf(view.list);
      element.setAttribute('aria-label', firstTitle(view));
      element.classList.toggle('tb-list-of-names', view.list !== 'sessions');
      element.setAttribute('aria-rowcount', String(view.count + 1));
      replaceKeepingFocus(head, el('tr', {}, ...heads(columns, view, wish, sort)));
      replaceKeepingFocus(body, ...view.rows.flatMap((row) => rowOf(view, columns, row, row.id === opened)));
      const buttons = [...body.querySelectorAll<HTMLElement>('.tb-list-open')];
      stops.stopAt(buttons.find(({ dataset }) => dataset.key === opened) ?? buttons[0]);
    },
  };
}

function firstTitle({ list }: ListView): string {
  return list === 'sessions' ? t('Sessions') : list === 'projects' ? t('Projects') : t('Branches');
}

function heads(
  columns: readonly ListColumn[],
  { list }: ListView,
  wish: ListWish,
  sort: (column: SortColumn) => void,
): readonly HTMLElement[] {
  const first = firstColumn(list);
  return [headOf(first, undefined, wish, sort), ...columns.map((column) => headOf(column, column, wish, sort))];
}

function headOf(
  { id, title }: Pick<ListColumn, 'id' | 'title'>,
  column: ListColumn | undefined,
  wish: ListWish,
  sort: (column: SortColumn) => void,
): HTMLElement {
  const kind = column === undefined ? undefined : classOf(column);
  if (id === 'sessions') return el('th', { scope: 'col', class: kind }, title);
  const sorted = wish.sort === id;
  const direction = wish.descending ? 'descending' : 'ascending';
  return el(
    'th',
    { scope: 'col', class: kind, 'aria-sort': sorted ? direction : undefined },
    el(
      'button',
      { type: 'button', class: 'tb-sort', 'data-key': `sort ${id}`, onclick: () => sort(id) },
      title,
      icon(sorted ? (wish.descending ? 'arrow-down' : 'arrow-up') : 'blank'),
    ),
  );
}

function classOf({ number, name, from }: ListColumn): string | undefined {
  const classes = [number && 'tb-number', name && 'tb-list-name', from && `tb-from-${from}`].filter(Boolean);
  return classes.length === 0 ? undefined : classes.join(' ');
}
