import { toolTitle } from '../readers/index.ts';
import { quarterMs } from '../usage/tally.ts';
import { type Figures, projectTitle } from './figures.ts';
import type { ListGroups } from './list-groups.ts';
import { paidBy } from './places.ts';
import { rowId } from './protocol/row-id.ts';
import type { ListRow } from './protocol/sessions.ts';
import { amountsAt } from './sum-table.ts';

/** What the origins of a group tell: indices, those with the most tokens first. */
export interface GroupDetails {
  readonly tools: readonly number[];
  readonly models: readonly number[];
  readonly projects: readonly number[];
  /** Names, without the unknown one. */
  readonly branches: readonly string[];
  readonly sessions: number;
  readonly subagents: number;
  readonly billing: number;
}

export function detailsOf(figures: Figures, groups: ListGroups, number: number): GroupDetails {
  const { names, places } = figures;
  const origins = groups.origins[number] ?? [];
  const [only = 0] = origins;
  // Most sessions have but one origin with one model, and there may be very many of them.
  if (origins.length === 1 && !groups.moreModels.has(only)) return simpleDetails(figures, groups, only);
  const tools = new Map<number, number>();
  const models = new Map<number, number>();
  const projects = new Map<number, number>();
  const branches = new Map<string, number>();
  const sessions = new Set<number>();
  const agents = new Set<number>();
  let billing = 0;
  for (const origin of origins) {
    const tokens = groups.originTokens[origin] ?? 0;
    const session = names.sessionOf[origin] ?? 0;
    const agent = names.agentOf[origin] ?? 0;
    grow(tools, names.toolOf[origin] ?? 0, tokens);
    grow(projects, names.projectOf[origin] ?? 0, tokens);
    const branch = names.branches[names.branchOf[origin] ?? 0]?.branch ?? '';
    if (branch !== '') grow(branches, branch, tokens);
    let rest = tokens;
    for (const [model, part] of groups.moreModels.get(origin) ?? []) {
      grow(models, model, part);
      rest -= part;
    }
    grow(models, groups.firstModel[origin] ?? 0, rest);
    sessions.add(session);
    // Two sessions may have subagents of one name.
    if (agent !== 0) agents.add(session * names.agents.length + agent);
    billing |= places.billingOf[origin] ?? 0;
  }
  return {
    tools: largestFirst(tools),
    models: largestFirst(models),
    projects: largestFirst(projects),
    branches: largestFirst(branches),
    sessions: sessions.size,
    subagents: agents.size,
    billing,
  };
}

function simpleDetails({ names, places }: Figures, groups: ListGroups, origin: number): GroupDetails {
  const branch = names.branches[names.branchOf[origin] ?? 0]?.branch ?? '';
  return {
    tools: [names.toolOf[origin] ?? 0],
    models: [groups.firstModel[origin] ?? 0],
    projects: [names.projectOf[origin] ?? 0],
    branches: branch === '' ? [] : [branch],
    sessions: 1,
    subagents: names.agentOf[origin] === 0 ? 0 : 1,
    billing: places.billingOf[origin] ?? 0,
  };
}

export function listRow(figures: Figures, groups: ListGroups, number: number): ListRow {
  const { names, settings } = figures;
  const details = detailsOf(figures, groups, number);
  const folder = folderOf(figures, groups, number, details);
  const session = groups.kind === 'sessions' ? names.sessions[groups.names[number] ?? 0] : undefined;
  return {
    id: idOf(figures, groups, number),
    tools: details.tools.flatMap((tool) => {
      const id = names.tools[tool];
      return id === undefined ? [] : [{ id, title: toolTitle(id) }];
    }),
    ...(session === undefined ? {} : { session: session.session }),
    project: { folder, title: projectTitle(figures, folder) },
    branches: details.branches,
    models: details.models.map((model) => names.models[model] ?? ''),
    start: (groups.first[number] ?? 0) * quarterMs,
    end: ((groups.last[number] ?? 0) + 1) * quarterMs,
    activeMs: (groups.active[number] ?? 0) * quarterMs,
    sessions: details.sessions,
    subagents: details.subagents,
    amounts: amountsAt(groups.sums, number, settings.costSource),
    paidBy: paidBy(details.billing),
  };
}

/** The folder of a row; of a session that moved, the one with the most tokens. */
export function folderOf({ names }: Figures, groups: ListGroups, number: number, details: GroupDetails): string {
  const name = groups.names[number] ?? 0;
  if (groups.kind === 'projects') return names.projects[name] ?? '';
  if (groups.kind === 'branches') return names.branches[name]?.project ?? '';
  return names.projects[details.projects[0] ?? -1] ?? '';
}

function idOf({ names }: Figures, { kind, names: indices }: ListGroups, number: number): string {
  const index = indices[number] ?? 0;
  if (kind === 'projects') return rowId({ list: kind, project: names.projects[index] ?? '' });
  if (kind === 'branches') return rowId({ list: kind, ...(names.branches[index] ?? { project: '', branch: '' }) });
  return rowId({ list: kind, ...(names.sessions[index] ?? { tool: 'claude-code', session: '' }) });
}

function grow<Key>(sums: Map<Key, number>, key: Key, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by);
}

function largestFirst<Key>(sums: ReadonlyMap<Key, number>): readonly Key[] {
  if (sums.size < 2) return [...sums.keys()];
  return [...sums].sort((a, b) => b[1] - a[1]).map(([key]) => key);
}
