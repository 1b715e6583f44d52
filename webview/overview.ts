import type { CountingView, StartView } from '../src/dashboard/protocol/messages.ts';
import type { OverviewView } from '../src/dashboard/protocol/overview.ts';
import type { Scope } from '../src/dashboard/protocol/scope.ts';
import type { CardPart } from './card.ts';
import { chartCard } from './chart-card.ts';
import { el } from './dom.ts';
import { emptyState } from './empty-state.ts';
import { exportRow } from './export-row.ts';
import { type Fold, fold } from './folds.ts';
import { t } from './l10n.ts';
import { machinesSwitch } from './machines-switch.ts';
import { calendarCard } from './overview-calendar.ts';
import { forecastAnswer, forecastInShort, forecastPart } from './overview-forecast.ts';
import { limitsCard } from './overview-limits.ts';
import { modelsCard, projectsCard } from './overview-ranks.ts';
import { recordsPart } from './overview-records.ts';
import { tokensCard } from './overview-tokens.ts';
import { whenAnswer, whenInShort, whenPart } from './overview-when.ts';
import type { View, ViewContext } from './view.ts';

/** Below this width the lower cards are folded rows. */
const narrowWidth = 600;
const keptFolds = 'overview.folds';

/** The first tab: how much, of what, with which model, at what price, and how it goes on. */
export function overviewView(context: ViewContext, start: StartView): View {
  const { formats } = context;
  const machines = machinesSwitch(context, () => {
    if (scope !== undefined) void show(scope);
  });
  const tokens = tokensCard(context, start.costSource, machines.element);
  const limits = limitsCard(context);
  const chart = chartCard(context);
  const models = modelsCard(context);
  const projects = projectsCard(context);
  const calendar = calendarCard(context);
  const when = whenPart(formats);
  const records = recordsPart(context);
  const forecast = forecastPart(formats);

  const folds = {
    models: folded('models', t('Models')),
    projects: folded('projects', t('Projects')),
    calendar: folded('calendar', t('Calendar')),
    when: folded('when', t('When')),
    records: folded('records', t('Records')),
    forecast: folded('forecast', t('Forecast')),
  };
  folds.when.body.append(when.element);
  folds.records.body.append(records.element);
  folds.forecast.body.append(forecast.element);

  const foldable: readonly (readonly [CardPart, Fold])[] = [
    [models, folds.models],
    [projects, folds.projects],
    [calendar, folds.calendar],
  ];
  const grid = el(
    'div',
    { class: 'tb-overview-grid' },
    tokens.element,
    limits.element,
    chart.element,
    models.element,
    projects.element,
    calendar.element,
    el('div', { class: 'tb-folds' }, ...Object.values(folds).map(({ element }) => element)),
    exportRow(context, () => scope),
  );
  const empty = emptyState(context, start.counting);
  const element = el('div', { class: 'tb-overview' }, grid, empty.element);
  let narrow: boolean | undefined;
  let scope: Scope | undefined;
  let shown: OverviewView | undefined;
  let turn = 0;

  function folded(id: string, title: string): Fold {
    const open = context.recall<readonly string[]>(keptFolds) ?? [];
    return fold({
      id,
      title,
      open: open.includes(id),
      onToggle(isOpen) {
        const others = (context.recall<readonly string[]>(keptFolds) ?? []).filter((one) => one !== id);
        context.remember(keptFolds, isOpen ? [...others, id] : others);
      },
    });
  }

  function arrange(width: number): void {
    if (width === 0 || narrow === width < narrowWidth) return;
    narrow = width < narrowWidth;
    for (const [card, { element: row, body }] of foldable) {
      row.hidden = !narrow;
      if (narrow) body.append(card.body);
      else card.element.append(card.body);
      card.element.hidden = narrow;
    }
  }

  async function show(next: Scope): Promise<void> {
    const mine = ++turn;
    scope = next;
    const whose = machines.shown();
    // The total first: it is what people look at.
    const asked = context.ask({ ask: 'overview', scope: next, machines: whose });
    const drawn = chart.show(next, whose);
    try {
      const view = await asked;
      if (mine === turn) fill(view, next);
    } catch (error) {
      if (mine !== turn) return;
      tokens.fail(error instanceof Error ? error.message : String(error), () => void show(next));
      if (shown === undefined) for (const card of [limits, models, projects, calendar]) card.fill('–');
    }
    await drawn;
  }

  function fill(view: OverviewView, next: Scope): void {
    shown = view;
    grid.hidden = view.empty;
    empty.show(view.empty);
    if (view.empty) return;
    tokens.show(view, next.period);
    limits.show(view);
    models.show(view.models, next);
    projects.show(view.projects, next);
    when.show(view.when);
    folds.models.answer(models.answer(view.models));
    folds.projects.answer(projects.answer(view.projects));
    folds.when.answer(whenAnswer(view.when, formats), whenInShort(view.when, formats));
    // What rests on older days waits for them; what was there before stays.
    if (view.filling !== true) fillHistory(view);
  }

  function fillHistory(view: OverviewView): void {
    calendar.show(view.calendar);
    records.show(view.records);
    forecast.show(view);
    folds.calendar.answer(calendar.answer(view.calendar));
    folds.records.answer(records.answer(view.records), records.inShort(view.records));
    folds.forecast.answer(forecastAnswer(view, formats), forecastInShort(view, formats));
  }

  tokens.loading('headline', 'line', 'bar');
  limits.loading('row', 'row', 'row');
  for (const card of [models, projects]) card.loading('row', 'row', 'row', 'row', 'row', 'row');
  calendar.loading('bar', 'bar');
  arrange(document.documentElement.clientWidth);
  new ResizeObserver(([entry]) => arrange(entry?.contentRect.width ?? 0)).observe(element);
  return { element, show, count: (counting: CountingView) => empty.count(counting) };
}
