import { EVENTS } from './cube.ts';
import { type Figures, selected } from './figures.ts';
import { everything } from './history.ts';
import { groupIndex, groupsIn, type ListGroups } from './list-groups.ts';
import type { Names } from './names.ts';
import { type RowName, rowNamed } from './protocol/row-id.ts';
import { type Selection, visit } from './selection.ts';

/** A single row of a list, with all that was ever counted for it. */
export interface OneRow {
  readonly groups: ListGroups;
  readonly selection: Selection;
  /** Quarters of an hour with requests, in order. */
  readonly quarters: readonly number[];
}

/** What an id of a row stands for; undefined where it is gone. */
export function oneRow(figures: Figures, id: string): OneRow | undefined {
  const name = rowNamed(id);
  const index = name === undefined ? -1 : indexIn(figures.names, name);
  if (name === undefined || index < 0) return undefined;
  const all = selected(figures, {});
  const indexOf = groupIndex(figures.names, name.list);
  const selection = { ...all, origins: all.origins.map((counts, id) => (indexOf[id] === index ? counts : 0)) };
  const groups = groupsIn(figures, name.list, everything, selection);
  if (groups.count === 0) return undefined;
  const quarters: number[] = [];
  visit(figures.cube, everything, selection, (quarter, _, __, sums, place) => {
    if ((sums[place + EVENTS] as number) > 0 && quarters.at(-1) !== quarter) quarters.push(quarter);
  });
  return { groups, selection, quarters };
}

function indexIn({ sessions, projects, branches }: Names, name: RowName): number {
  switch (name.list) {
    case 'sessions':
      return sessions.findIndex(({ tool, session }) => tool === name.tool && session === name.session);
    case 'projects':
      return projects.indexOf(name.project);
    case 'branches':
      return branches.findIndex(({ project, branch }) => project === name.project && branch === name.branch);
  }
}
