import type { ToolLimit } from '../ledger/limits.ts';
import { calendarView, recordsView } from './calendar.ts';
import { weekdayOf } from './clock.ts';
import { EVENTS, TOKENS } from './cube.ts';
import { type Figures, periodOf, projectTitle, selected } from './figures.ts';
import { forecastView } from './forecast.ts';
import { historyOf } from './history.ts';
import { allowanceView, budgetViews, limitViews } from './money.ts';
import { paidBy } from './places.ts';
import type { OverviewView, RankingView, WhenView } from './protocol/overview.ts';
import type { Scope } from './protocol/scope.ts';
import { ranked, rankingView } from './ranking.ts';
import { type Selection, visit } from './selection.ts';
import { type PeriodSpan, spanBefore } from './spans.ts';
import { addTo, amountsAt, type SumTable, sumTable } from './sum-table.ts';

/** How many weekdays are called the busiest. */
const mostBusyDays = 2;

/** What one pass over a period adds up. */
interface PeriodSums {
  readonly all: SumTable;
  readonly models: SumTable;
  readonly projects: SumTable;
  readonly branches: SumTable;
  readonly paid: number;
  readonly activeDays: number;
  /** By weekday and hour. */
  readonly when: Float64Array;
}

export function overviewView(figures: Figures, scope: Scope, limits: readonly ToolLimit[]): OverviewView {
  const { settings, firstQuarter } = figures;
  const source = settings.costSource;
  const span = periodOf(figures, scope.period);
  const selection = selected(figures, scope.filter);
  const sums = sumPeriod(figures, span, selection);
  const history = historyOf(figures, scope.filter);
  const { names } = figures;
  return {
    span: span.view,
    empty: firstQuarter === undefined,
    amounts: amountsAt(sums.all, 0, source),
    paidBy: paidBy(sums.paid),
    activeDays: sums.activeDays,
    before: beforeView(figures, scope, span, selection),
    limits: limitViews(figures, limits),
    budgets: budgetViews(figures),
    allowance: allowanceView(figures),
    models: rankingView(sums.models, source, (model) => ({
      id: names.models[model] ?? '',
      title: names.models[model] ?? '',
    })),
    projects: projectRanking(figures, sums),
    calendar: calendarView(figures, history),
    when: whenView(sums.when),
    records: recordsView(figures, history),
    forecast: forecastView(figures, scope.filter, history),
  };
}

function sumPeriod({ cube, names, places, clock }: Figures, span: PeriodSpan, selection: Selection): PeriodSums {
  const all = sumTable(1);
  const models = sumTable(names.models.length);
  const projects = sumTable(names.projects.length);
  const branches = sumTable(names.branches.length);
  const when = new Float64Array(7 * 24);
  const days = new Set<number>();
  let paid = 0;
  let recent = Number.NaN;
  let slot = 0;
  visit(cube, span, selection, (quarter, series, origin, sums, place) => {
    if (quarter !== recent) {
      recent = quarter;
      const hour = clock.hourOf(quarter);
      const day = Math.floor(hour / 24);
      slot = weekdayOf(day) * 24 + (hour - day * 24);
      days.add(day);
    }
    addTo(all, 0, sums, place);
    addTo(models, names.series[series]?.modelIndex ?? 0, sums, place);
    addTo(projects, names.projectOf[origin] as number, sums, place);
    addTo(branches, names.branchOf[origin] as number, sums, place);
    when[slot] = (when[slot] as number) + (sums[place + TOKENS] as number);
    if ((sums[place + EVENTS] as number) > 0) paid |= places.billingOf[origin] as number;
  });
  return { all, models, projects, branches, when, paid, activeDays: days.size };
}

/** Undefined where the ledger does not reach back so far: half of it would look like a rise. */
function beforeView(
  figures: Figures,
  { period }: Scope,
  span: PeriodSpan,
  selection: Selection,
): OverviewView['before'] {
  const { cube, clock, now, firstQuarter, settings } = figures;
  const before = spanBefore(period, span, clock.zone, now);
  if (before === undefined || firstQuarter === undefined) return undefined;
  if (clock.dayOf(firstQuarter) > clock.dayOf(before.fromQuarter)) return undefined;
  const sums = sumTable(1);
  visit(cube, before, selection, (_, __, ___, rows, place) => addTo(sums, 0, rows, place));
  return { amounts: amountsAt(sums, 0, settings.costSource), since: before.since, until: before.until };
}

function projectRanking(figures: Figures, { projects, branches }: PeriodSums): RankingView {
  const { names, settings } = figures;
  const busiest = new Map<string, string>();
  for (const group of ranked(branches)) {
    const { project, branch } = names.branches[group] ?? { project: '', branch: '' };
    if (branch !== '' && !busiest.has(project)) busiest.set(project, branch);
  }
  return rankingView(projects, settings.costSource, (group) => {
    const folder = names.projects[group] ?? '';
    const detail = busiest.get(folder);
    return { id: folder, title: projectTitle(figures, folder), ...(detail === undefined ? {} : { detail }) };
  });
}

function whenView(when: Float64Array): WhenView {
  const grid = Array.from({ length: 7 }, (_, day) => [...when.subarray(day * 24, day * 24 + 24)]);
  const byDay = grid.map((hours) => hours.reduce((sum, tokens) => sum + tokens, 0));
  const byHour = Array.from({ length: 24 }, (_, hour) => grid.reduce((sum, hours) => sum + (hours[hour] ?? 0), 0));
  const threeFrom = byHour.map(
    (tokens, hour) => tokens + (byHour[(hour + 1) % 24] ?? 0) + (byHour[(hour + 2) % 24] ?? 0),
  );
  return {
    grid,
    busiestDays: [0, 1, 2, 3, 4, 5, 6]
      .filter((day) => (byDay[day] ?? 0) > 0)
      .sort((a, b) => (byDay[b] ?? 0) - (byDay[a] ?? 0))
      .slice(0, mostBusyDays),
    busiestFrom: Math.max(...byDay) === 0 ? undefined : threeFrom.indexOf(Math.max(...threeFrom)),
  };
}
