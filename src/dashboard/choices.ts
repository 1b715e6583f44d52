import { toolTitle } from '../readers/index.ts';
import { toolIds } from '../usage/tool-id.ts';
import { EVENTS, TOKENS } from './cube.ts';
import { type Figures, periodOf, projectTitle, selected } from './figures.ts';
import type { ChoicesView, Filter, Scope } from './protocol/scope.ts';
import { visit } from './selection.ts';

type List = 'tools' | 'models' | 'projects' | 'branches';

/**
 * What there is to choose from in a period. Each list is as if nothing were chosen in it, so that more of it can be; what is
 * chosen stays in it, also where the period holds none of it.
 */
export function choicesView(figures: Figures, scope: Scope): ChoicesView {
  const { names, settings } = figures;
  const tools = tokensBy(figures, scope, 'tools', (_, origin) => names.tools[names.toolOf[origin] ?? -1] ?? '');
  const models = tokensBy(
    figures,
    scope,
    'models',
    (series) => names.models[names.series[series]?.modelIndex ?? -1] ?? '',
  );
  const projects = tokensBy(
    figures,
    scope,
    'projects',
    (_, origin) => names.projects[names.projectOf[origin] ?? -1] ?? '',
  );
  const branches = tokensBy(
    figures,
    scope,
    'branches',
    (_, origin) => names.branches[names.branchOf[origin] ?? -1]?.branch ?? '',
  );
  return {
    tools: tools.flatMap(([name, tokens]) => {
      const id = toolIds.find((known) => known === name);
      return id === undefined ? [] : [{ id, title: toolTitle(id), tokens }];
    }),
    models: models.map(([id, tokens]) => ({ id, tokens })),
    projects: projects.map(([folder, tokens]) => ({ folder, title: projectTitle(figures, folder), tokens })),
    branches: branches.map(([name, tokens]) => ({ name, tokens })),
    accounts: [...new Set(settings.accounts.map(({ name }) => name))],
  };
}

function tokensBy(
  figures: Figures,
  { period, filter }: Scope,
  list: List,
  nameOf: (series: number, origin: number) => string,
): readonly (readonly [string, number])[] {
  const found = new Map<string, number>((filter[list] ?? []).map((name) => [name, 0]));
  const others: Filter = { ...filter, [list]: [] };
  visit(figures.cube, periodOf(figures, period), selected(figures, others), (_, series, origin, sums, place) => {
    if ((sums[place + EVENTS] as number) <= 0) return;
    const name = nameOf(series, origin);
    found.set(name, (found.get(name) ?? 0) + (sums[place + TOKENS] as number));
  });
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
