import type { ToolId } from '../../usage/tool-id.ts';
import type { ListKind } from './sessions.ts';

/** What a row of a list stands for. */
export type RowName =
  | { readonly list: 'sessions'; readonly tool: ToolId; readonly session: string }
  | { readonly list: 'projects'; readonly project: string }
  | { readonly list: 'branches'; readonly project: string; readonly branch: string };

const letters: Readonly<Record<ListKind, string>> = { sessions: 's', projects: 'p', branches: 'b' };

/** The id of a row: the same each time the dashboard is opened. */
export function rowId(name: RowName): string {
  switch (name.list) {
    case 'sessions':
      return [letters.sessions, name.tool, name.session].join('\n');
    case 'projects':
      return [letters.projects, name.project].join('\n');
    case 'branches':
      return [letters.branches, name.project, name.branch].join('\n');
  }
}

/** What an id stands for; undefined where it is none. */
export function rowNamed(id: string): RowName | undefined {
  const [letter, first, second] = id.split('\n');
  if (first === undefined) return undefined;
  if (letter === letters.projects) return { list: 'projects', project: first };
  if (second === undefined) return undefined;
  if (letter === letters.sessions) return { list: 'sessions', tool: first as ToolId, session: second };
  return letter === letters.branches ? { list: 'branches', project: first, branch: second } : undefined;
}
