import type { PaidBy } from '../src/dashboard/protocol/amounts.ts';
import type { ListKind, ListRow } from '../src/dashboard/protocol/sessions.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';

export function projectWords({ project }: Pick<ListRow, 'project'>): string {
  return project.folder === '' ? t('no project') : project.title;
}

/** The branch, or the first of several and how many more. */
export function branchWords({ branches }: Pick<ListRow, 'branches'>): string {
  const named = branches.filter((branch) => branch !== '');
  const [first = ''] = named;
  return named.length > 1 ? t('{0} and {1} more', first, named.length - 1) : first;
}

/** When it was, with the year once it was another. */
export function momentWords(time: number, formats: Formats): string {
  const year = yearsOf(formats);
  return year.format(time) === year.format(Date.now()) ? formats.moment(time) : dayWords(time, formats);
}

/** When something ended: of the day that it began on, the time alone. */
export function endWords(start: number, end: number, formats: Formats): string {
  return dayWords(start, formats) === dayWords(end, formats) ? formats.time(end) : momentWords(end, formats);
}

/** What a row is called, for screen readers and its head. */
export function rowTitle(list: ListKind, row: ListRow, formats: Formats): string {
  if (list === 'projects') return projectWords(row);
  if (list === 'branches') return row.branches[0] || t('no branch');
  return momentWords(row.start, formats);
}

/** A part of what stands under a row's title where the list is too narrow for its columns. */
export interface RowDetail {
  readonly text: string;
  /** A project, which has a column of its own before the list is wide. */
  readonly project?: true;
}

/** What stands under a row's title where the list is too narrow for its columns. */
export function rowDetail(list: ListKind, row: ListRow, formats: Formats): readonly RowDetail[] {
  const tools = { text: row.tools.map(({ title }) => title).join(', ') };
  const until = { text: momentWords(row.end, formats) };
  if (list === 'projects') return [tools, until];
  return [{ text: projectWords(row), project: true }, list === 'sessions' ? tools : until];
}

export function countWords(list: ListKind, count: number, formats: Formats): string {
  const exact = formats.exact(count);
  if (list === 'projects') return count === 1 ? t('1 project') : t('{0} projects', exact);
  if (list === 'branches') return count === 1 ? t('1 branch') : t('{0} branches', exact);
  return count === 1 ? t('1 session') : t('{0} sessions', exact);
}

/** What an amount of money means, since nobody is billed by these figures. */
export function paidWords(paidBy: PaidBy): string {
  switch (paidBy) {
    case 'api':
      return t('list price, paid by use');
    case 'subscription':
    case 'included':
      return t('list price of what the plan included');
    case 'mixed':
      return t('list price, a part of it included in plans');
    default:
      return t('list price, not your bill');
  }
}

const years = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, Intl.DateTimeFormat>();

function yearsOf({ zone }: Formats): Intl.DateTimeFormat {
  const known = years.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' });
  years.set(zone, known);
  return known;
}

function dayWords(time: number, { locale, zone }: Formats): string {
  const key = `${locale} ${zone}`;
  const known =
    days.get(key) ??
    new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' });
  days.set(key, known);
  return known.format(time);
}
