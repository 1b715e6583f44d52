import type { ListKind, ListRow, SortColumn } from '../src/dashboard/protocol/sessions.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { branchWords, momentWords, projectWords } from './sessions-words.ts';

/** A column of the list. */
export interface ListColumn {
  readonly id: SortColumn | 'sessions';
  readonly title: string;
  readonly number?: boolean;
  /** Names take what room there is, and are cut off. */
  readonly name?: boolean;
  /** The list has to be so wide for it to be there, as a class of `columns.css` says; always there without. */
  readonly from?: 420 | 560 | 720 | 880 | 1040 | 1200 | 1360;
  cell(row: ListRow, formats: Formats): Node | string;
}

/** The columns of a list after its first, which names the row and opens it. */
export function columnsOf(list: ListKind): readonly ListColumn[] {
  const all = [...naming(list), ...figures(list)];
  return list === 'sessions' ? all.filter(({ id }) => id !== 'sessions') : all;
}

/** What the first column of a list is sorted by, and its title. */
export function firstColumn(list: ListKind): { readonly id: SortColumn; readonly title: string } {
  if (list === 'sessions') return { id: 'start', title: t('Start') };
  return list === 'projects' ? { id: 'project', title: t('Project') } : { id: 'branch', title: t('Branch') };
}

function naming(list: ListKind): readonly ListColumn[] {
  const project: ListColumn = {
    id: 'project',
    title: t('Project'),
    name: true,
    from: 420,
    cell: (row) => cut(projectWords(row), row.project.folder),
  };
  const branch: ListColumn = {
    id: 'branch',
    title: list === 'projects' ? t('Branches') : t('Branch'),
    name: true,
    from: 880,
    cell: (row) => cut(branchWords(row)),
  };
  const start: ListColumn = {
    id: 'start',
    title: t('Since'),
    from: 720,
    cell: (row, formats) => momentWords(row.start, formats),
  };
  return [
    ...(list === 'projects' ? [branch] : [project, ...(list === 'sessions' ? [branch] : [])]),
    {
      id: 'tool',
      title: t('Tool'),
      name: true,
      from: 720,
      cell: ({ tools }) => cut(tools.map(({ title }) => title).join(', ')),
    },
    { id: 'model', title: t('Models'), name: true, from: 720, cell: ({ models }) => cut(models.join(', ')) },
    ...(list === 'sessions' ? [] : [start]),
  ];
}

function figures(list: ListKind): readonly ListColumn[] {
  const counted = (id: 'input' | 'output' | 'cacheWrite' | 'cacheRead', title: string): ListColumn => ({
    id,
    title,
    number: true,
    from: 1360,
    cell: ({ amounts }, formats) => formats.compact(amounts[id]),
  });
  return [
    {
      id: 'sessions',
      title: t('Sessions'),
      number: true,
      from: 560,
      cell: ({ sessions }, formats) => formats.exact(sessions),
    },
    {
      id: 'length',
      title: t('Active'),
      number: true,
      from: list === 'sessions' ? 560 : 880,
      cell: ({ activeMs }, formats) => formats.length(activeMs),
    },
    {
      id: 'requests',
      title: t('Requests'),
      number: true,
      from: 1040,
      cell: ({ amounts }, formats) => formats.exact(amounts.requests),
    },
    {
      id: 'subagents',
      title: t('Subagents'),
      number: true,
      from: 1200,
      cell: ({ subagents }, formats) => (subagents === 0 ? '' : formats.exact(subagents)),
    },
    counted('input', t('Input')),
    counted('output', t('Output')),
    counted('cacheWrite', t('Cache writes')),
    counted('cacheRead', t('Cache reads')),
    {
      id: 'cacheShare',
      title: t('Cache share'),
      number: true,
      from: 1040,
      cell: ({ amounts }, formats) => formats.percent(amounts.cacheShare),
    },
    {
      id: 'tokens',
      title: t('Tokens'),
      number: true,
      cell: ({ amounts }, formats) =>
        el('span', { class: 'tb-strong', title: formats.exact(amounts.tokens) }, formats.compact(amounts.tokens)),
    },
    {
      id: 'cost',
      title: t('List price'),
      number: true,
      from: 420,
      cell: ({ amounts }, formats) =>
        amounts.costNanoUSD === null
          ? el('span', { title: t('None of its models has a known price.') }, '–')
          : formats.money(amounts.costNanoUSD),
    },
  ];
}

function cut(text: string, whole = text): HTMLElement {
  return el('div', { class: 'tb-cut', title: whole === '' ? undefined : whole }, text);
}
