import { toolTitle } from '../readers/index.ts';
import { CACHE_READ, CACHE_WRITE_1H, CACHE_WRITE_5M, EVENTS, INPUT, OUTPUT, TOKENS } from './cube.ts';
import { type Figures, periodOf, projectTitle } from './figures.ts';
import { type ListGroups, listGroups } from './list-groups.ts';
import { detailsOf, folderOf, type GroupDetails, listRow } from './list-rows.ts';
import type { Scope } from './protocol/scope.ts';
import type { ListView, ListWish, SortColumn } from './protocol/sessions.ts';
import { amountsAt, costAt, sumAt, togetherOf } from './sum-table.ts';

const mostRows = 200;

/** One page of a list. */
export function listView(figures: Figures, scope: Scope, wish: ListWish): ListView {
  const span = periodOf(figures, scope.period);
  const groups = listGroups(figures, wish.list, span, scope.filter);
  const key = `${wish.list} ${span.fromQuarter} ${span.toQuarter} ${JSON.stringify(scope.filter)}`;
  const details = figures.remembered(`details ${key}`, () => lazily((number) => detailsOf(figures, groups, number)));
  const order = figures.remembered(`order ${wish.sort} ${wish.descending} ${key}`, () =>
    sorted(figures, groups, details, wish),
  );
  const words = wish.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const texts = figures.remembered(`texts ${key}`, () => lazily((number) => textOf(figures, groups, details, number)));
  const found =
    words.length === 0 ? order : order.filter((number) => words.every((word) => texts(number).includes(word)));
  const offset = Math.max(0, wish.offset);
  return {
    list: wish.list,
    count: found.length,
    amounts: amountsAt(togetherOf(groups.sums, found), 0, figures.settings.costSource),
    offset,
    rows: found
      .slice(offset, offset + Math.min(Math.max(0, wish.limit), mostRows))
      .map((number) => listRow(figures, groups, number)),
  };
}

/** Each value is made when it is first asked for. */
function lazily<Value>(make: (number: number) => Value): (number: number) => Value {
  const made: (Value | undefined)[] = [];
  return (number) => {
    made[number] ??= make(number);
    return made[number] as Value;
  };
}

type Details = (number: number) => GroupDetails;

/** The groups' numbers in the order of the wish; among equals the latest comes first. */
function sorted(figures: Figures, groups: ListGroups, details: Details, wish: ListWish): readonly number[] {
  const keyOf = sortKey(figures, groups, details, wish.sort);
  const keys = Array.from({ length: groups.count }, (_, number) => keyOf(number));
  const sign = wish.descending ? -1 : 1;
  return keys
    .map((_, number) => number)
    .sort((a, b) => {
      const [one = 0, other = 0] = [keys[a], keys[b]];
      if (one !== other) return one < other ? -sign : sign;
      return (groups.first[b] ?? 0) - (groups.first[a] ?? 0) || a - b;
    });
}

function sortKey(
  figures: Figures,
  groups: ListGroups,
  details: Details,
  column: SortColumn,
): (number: number) => number | string {
  const { names, settings } = figures;
  const { sums } = groups;
  const sum =
    (...columns: readonly number[]) =>
    (number: number): number =>
      columns.reduce((all, one) => all + sumAt(sums, number, one), 0);
  switch (column) {
    case 'start':
      return (number) => groups.first[number] ?? 0;
    case 'length':
      return (number) => groups.active[number] ?? 0;
    case 'tool':
      return (number) => {
        const tool = names.tools[details(number).tools[0] ?? -1];
        return tool === undefined ? '' : toolTitle(tool).toLowerCase();
      };
    case 'model':
      return (number) => names.models[details(number).models[0] ?? -1] ?? '';
    case 'project':
      return (number) => projectTitle(figures, folderOf(figures, groups, number, details(number))).toLowerCase();
    case 'branch':
      return (number) => details(number).branches[0]?.toLowerCase() ?? '';
    case 'requests':
      return sum(EVENTS);
    case 'tokens':
      return sum(TOKENS);
    case 'input':
      return sum(INPUT);
    case 'output':
      return sum(OUTPUT);
    case 'cacheWrite':
      return sum(CACHE_WRITE_5M, CACHE_WRITE_1H);
    case 'cacheRead':
      return sum(CACHE_READ);
    case 'cost':
      return (number) => costAt(sums, number, settings.costSource) ?? -1;
    case 'cacheShare':
      return (number) => amountsAt(sums, number, settings.costSource).cacheShare ?? -1;
    case 'subagents':
      return (number) => details(number).subagents;
  }
}

/** All that a search looks through. */
function textOf(figures: Figures, groups: ListGroups, details: Details, number: number): string {
  const { names } = figures;
  const { tools, models, branches } = details(number);
  const session = groups.kind === 'sessions' ? names.sessions[groups.names[number] ?? 0]?.session : undefined;
  return [
    ...tools.map((tool) => names.tools[tool]).flatMap((tool) => (tool === undefined ? [] : [tool, toolTitle(tool)])),
    ...models.map((model) => names.models[model] ?? ''),
    folderOf(figures, groups, number, details(number)),
    ...branches,
    session ?? '',
  ]
    .join('\n')
    .toLowerCase();
}
