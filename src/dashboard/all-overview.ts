import type { ToolLimit } from '../ledger/limits.ts';
import { allMachines } from './all-machines.ts';
import { chartView } from './chart.ts';
import type { Figures } from './figures.ts';
import type { SeriesRates } from './model-rates.ts';
import { overviewView } from './overview.ts';
import type { ChartSplit, ChartView } from './protocol/chart.ts';
import type { OtherMachines, OthersKnown } from './protocol/machines.ts';
import type { OverviewView } from './protocol/overview.ts';
import type { Filter, Scope } from './protocol/scope.ts';

/**
 * The Overview of all of a person's machines: sums, models and active days of all; what rests on hours, projects, sessions or on
 * more days than are told of other machines stays this machine's.
 */
export function allOverview(
  figures: Figures,
  scope: Scope,
  limits: readonly ToolLimit[],
  others: OtherMachines,
): OverviewView {
  const here = overviewView(figures, scope, limits);
  const all = overviewView(allMachines(figures, others), scope, limits);
  const { rows: _rows, ...known } = others;
  const { before } = all;
  return {
    ...here,
    empty: here.empty && others.rows.length === 0,
    amounts: all.amounts,
    paidBy: all.paidBy,
    activeDays: all.activeDays,
    before: before !== undefined && areWhole(known, before.since, all.span.until) ? before : undefined,
    models: all.models,
    elsewhere: {
      ...known,
      tokens: all.amounts.tokens - here.amounts.tokens,
      filteredOut: isOfThisMachine(scope.filter),
    },
  };
}

/** The chart of all machines; by the hour of this one alone, as of others no hour is known. */
export function allChart(
  figures: Figures,
  scope: Scope,
  split: ChartSplit,
  others: OtherMachines,
  ratesOf: (figures: Figures) => readonly (SeriesRates | undefined)[],
): ChartView {
  const all = allMachines(figures, others);
  const view = chartView(all, scope, split, ratesOf(all));
  if (view.grain !== 'hour') return view;
  return { ...chartView(figures, scope, split, ratesOf(figures)), hoursOfOthers: false };
}

/** Half of one span beside the whole of another would look like a rise or a fall. */
function areWhole({ since, until }: OthersKnown, from: string, to: string): boolean {
  return since === undefined || until === undefined || (since <= from && until >= to);
}

/** Projects, branches and accounts are told to nobody. */
function isOfThisMachine({ projects = [], branches = [], accounts = [] }: Filter): boolean {
  return projects.length + branches.length + accounts.length > 0;
}
