import type { Names } from './names.ts';
import { billingBit, type Places } from './places.ts';
import type { OtherRow } from './protocol/machines.ts';
import { elsewhere } from './protocol/machines.ts';
import type { DashboardSettings } from './protocol/settings.ts';

/** No branch may be named so. */
const noBranch = ' elsewhere';

/** Names with those that other machines tell. */
export interface OthersNames {
  readonly names: Names;
  readonly places: Places;
  /** Ids of the series and the origin of what was told. */
  seriesOf(row: OtherRow): number;
  originOf(row: OtherRow): number;
}

/**
 * Adds a series for each tool and model, and an origin for each tool, whose session, project, branch and account are `elsewhere`:
 * they never leave a machine.
 */
export function othersNames(
  names: Names,
  places: Places,
  { billing }: DashboardSettings,
  rows: readonly OtherRow[],
): OthersNames {
  const series = names.series.slice();
  const tools = names.tools.slice();
  const models = names.models.slice();
  const sessions = names.sessions.slice();
  const toolOf = names.toolOf.slice();
  const sessionOf = names.sessionOf.slice();
  const projectOf = names.projectOf.slice();
  const branchOf = names.branchOf.slice();
  const agentOf = names.agentOf.slice();
  const billingOf = places.billingOf.slice();
  const seriesIds = new Map<string, number>();
  const origins = new Map<string, number>();
  const keyOf = (row: OtherRow): string => `${row.tool} ${row.model} ${isEstimated(row)}`;
  for (const row of rows) {
    const { tool, model } = row;
    if (!seriesIds.has(keyOf(row))) {
      const modelIndex = indexIn(models, model);
      const name = { tool, provider: '', model, tier: '', estimated: isEstimated(row), modelIndex };
      seriesIds.set(keyOf(row), series.push(name) - 1);
    }
    if (origins.has(tool)) continue;
    const origin = toolOf.push(indexIn(tools, tool)) - 1;
    sessionOf[origin] = sessions.push({ tool, session: elsewhere }) - 1;
    projectOf[origin] = names.projects.length;
    branchOf[origin] = names.branches.length;
    agentOf[origin] = 0;
    billingOf[origin] = billingBit(billing[tool]);
    origins.set(tool, origin);
  }
  return {
    names: {
      ...names,
      ...{ series, tools, models, sessions, toolOf, sessionOf, projectOf, branchOf, agentOf },
      projects: [...names.projects, elsewhere],
      branches: [...names.branches, { project: elsewhere, branch: noBranch }],
    },
    places: {
      accounts: [...places.accounts, elsewhere],
      accountOf: [...places.accountOf, places.accounts.length],
      billingOf,
      titles: places.titles,
    },
    seriesOf: (row) => seriesIds.get(keyOf(row)) ?? 0,
    originOf: ({ tool }) => origins.get(tool) ?? 0,
  };
}

/** What is told of other machines has estimates and exact counts in one: with any, all of it is one. */
function isEstimated({ estimatedTokens }: OtherRow): boolean {
  return estimatedTokens > 0;
}

function indexIn<Value>(list: Value[], value: Value): number {
  const found = list.indexOf(value);
  return found >= 0 ? found : list.push(value) - 1;
}
