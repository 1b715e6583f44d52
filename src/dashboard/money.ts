import { toolTitle } from '../readers/index.ts';
import {
  allowanceSpan,
  type BudgetReach,
  budgetSpan,
  type CalendarSpan,
  countsAgainst,
  useOf,
} from '../stats/budgets.ts';
import { limitPaces, limitShortLabel } from '../stats/limit-pace.ts';
import type { LimitReading } from '../usage/limit-reading.ts';
import { quarterMs, type Sums } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { type Figures, projectTitle, selected } from './figures.ts';
import type { AllowanceView, Budget, BudgetView, LimitView } from './protocol/money.ts';
import { visit } from './selection.ts';
import { addTo, sumsAt, sumTable } from './sum-table.ts';

/** The limits that tools reported, the most pressing first; none of tools that are left out. */
export function limitViews(
  { settings, now }: Figures,
  readings: readonly (LimitReading & { readonly tool: ToolId })[],
): readonly LimitView[] {
  const counted = readings.filter(({ tool }) => !settings.withoutTools.includes(tool));
  return limitPaces(counted, now).map((pace) => ({
    tool: pace.tool,
    title: toolTitle(pace.tool),
    label: limitShortLabel(pace),
    plan: pace.plan,
    reportedAt: pace.time,
    current: pace.current,
    usedPercent: pace.usedPercent,
    elapsed: pace.elapsed,
    resetsAt: pace.resetsAt,
    runsOutAt: pace.runsOutAt,
    level: pace.level,
  }));
}

/** How far each budget of the settings is used, whatever the scope. */
export function budgetViews(figures: Figures): readonly BudgetView[] {
  const { settings, clock, now } = figures;
  return settings.budgets.map((budget) => {
    const span = budgetSpan(budget, clock.zone, now);
    return {
      ...budget,
      title: titleOf(figures, budget),
      ...useOf(budget, sumsIn(figures, span, budget), settings.costSource),
      elapsed: span.elapsed,
      endsAt: span.to,
    };
  });
}

export function allowanceView(figures: Figures): AllowanceView | undefined {
  const { settings, clock, now } = figures;
  const { allowance } = settings;
  if (allowance === undefined) return undefined;
  const span = allowanceSpan(allowance, clock.zone, now);
  const { used } = useOf(allowance, sumsIn(figures, span, {}), settings.costSource);
  const { unit, amount } = allowance;
  return { unit, amount, used, since: span.since, until: span.until, elapsed: span.elapsed };
}

/** What was consumed in a span within a budget's reach. */
export function sumsIn(figures: Figures, { from, to }: Pick<CalendarSpan, 'from' | 'to'>, reach: BudgetReach): Sums {
  const { cube, names } = figures;
  const { series, origins } = selected(figures, {});
  const counted = origins.map((counts, id) => {
    const tool = names.tools[names.toolOf[id] ?? -1];
    const project = names.projects[names.projectOf[id] ?? -1];
    return tool !== undefined && project !== undefined && countsAgainst(reach, { tool, project }) ? counts : 0;
  });
  const table = sumTable(1);
  const span = { fromQuarter: from / quarterMs, toQuarter: to / quarterMs };
  visit(cube, span, { series, origins: counted }, (_, __, ___, sums, place) => addTo(table, 0, sums, place));
  return sumsAt(table, 0);
}

function titleOf(figures: Figures, { tool, project }: Budget): string {
  const parts = [
    ...(tool === undefined ? [] : [toolTitle(tool)]),
    ...(project === undefined ? [] : [projectTitle(figures, project)]),
  ];
  return parts.join(' · ');
}
