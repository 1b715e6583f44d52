import type { Filter } from '../src/dashboard/protocol/scope.ts';
import type { ToolId } from '../src/usage/tool-id.ts';

export type FilterKind = 'tools' | 'models' | 'projects' | 'branches' | 'accounts';

export const filterKinds: readonly FilterKind[] = ['tools', 'models', 'projects', 'branches', 'accounts'];

/** Whether anything is left out. */
export function isFiltered(filter: Filter): boolean {
  return countOf(filter) > 0;
}

/** How many values are chosen. */
export function countOf(filter: Filter): number {
  return filterKinds.reduce((sum, kind) => sum + (filter[kind]?.length ?? 0), 0);
}

/** The filter with a value chosen or not; a list without any is left out. */
export function withValue(filter: Filter, kind: FilterKind, value: string, chosen: boolean): Filter {
  const others = (filter[kind] ?? []).filter((one) => one !== value);
  const values = chosen ? [...others, value] : others;
  const { [kind]: _, ...rest } = filter;
  return values.length === 0 ? rest : { ...rest, [kind]: values as readonly ToolId[] };
}
