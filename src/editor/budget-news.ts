import type { Budget } from '../dashboard/protocol/money.ts';
import type { DashboardSettings } from '../dashboard/protocol/settings.ts';
import type { SpanWish } from '../ledger/span-sums.ts';
import { toolTitle } from '../readers/index.ts';
import { allowanceSpan, type BudgetMark, budgetSpan, reachedMark, useOf } from '../stats/budgets.ts';
import { type Zone, zoneOf } from '../usage/days.ts';
import { compact, usd } from '../usage/format.ts';
import type { Sums } from '../usage/tally.ts';
import type { Translate } from './words.ts';

/** An amount that a person set, in its present period. */
export interface RunningBudget {
  readonly of: Pick<Budget, 'unit' | 'amount' | 'tool' | 'project'> & { readonly per: Budget['per'] | 'allowance' };
  readonly wish: SpanWish;
}

/** A budget has reached a mark. */
export interface BudgetNews {
  /** Of the budget, its period and the mark. */
  readonly names: readonly string[];
  readonly message: string;
}

/** The budgets and the allowance of the settings, as they run at a time. */
export function runningBudgets(settings: DashboardSettings, now: number): readonly RunningBudget[] {
  const { budgets, allowance, withoutTools, estimates } = settings;
  const zone: Zone = zoneOf(settings.zone);
  const running: RunningBudget[] = budgets.map((of) => {
    const { from, to } = budgetSpan(of, zone, now);
    return { of, wish: { since: from, until: to, tool: of.tool, project: of.project, withoutTools, estimates } };
  });
  if (allowance !== undefined) {
    const { from, to } = allowanceSpan(allowance, zone, now);
    running.push({ of: { ...allowance, per: 'allowance' }, wish: { since: from, until: to, withoutTools, estimates } });
  }
  return running;
}

/** What there is to tell of budgets whose sums are known, in the same order. */
export function budgetNews(
  running: readonly RunningBudget[],
  sums: readonly Sums[],
  costSource: DashboardSettings['costSource'],
  t: Translate,
): readonly BudgetNews[] {
  return running.flatMap(({ of, wish }, index) => {
    const sum = sums[index];
    if (sum === undefined) return [];
    const { used } = useOf(of, sum, costSource);
    const mark = reachedMark(used, of.amount);
    if (mark === undefined) return [];
    const id = JSON.stringify([of.per, of.unit, of.amount, of.tool ?? '', of.project ?? '', wish.since]);
    // Where it comes to 100 at once, 80 is passed as well and not told later.
    const marks: readonly BudgetMark[] = mark === 100 ? [100, 80] : [80];
    return { names: marks.map((one) => `${id} ${one}`), message: messageOf(of, used, mark, t) };
  });
}

function messageOf(of: RunningBudget['of'], used: number, mark: BudgetMark, t: Translate): string {
  const money = of.unit === 'usd';
  const [is, all] = [used, of.amount].map((amount) => (money ? usd(amount) : compact(amount, { decimals: 2 })));
  const amounts = money ? t('{0} of {1}', is ?? '', all ?? '') : t('{0} of {1} tokens', is ?? '', all ?? '');
  if (mark === 100) return t('{0} is used up: {1}.', nameOf(of, t), amounts);
  return t('{0} % of {1} is used: {2}.', Math.floor((100 * used) / of.amount), nameOf(of, t), amounts);
}

function nameOf({ per, tool, project }: RunningBudget['of'], t: Translate): string {
  const name = {
    day: t('today’s budget'),
    week: t('this week’s budget'),
    month: t('this month’s budget'),
    year: t('this year’s budget'),
    allowance: t('this year’s allowance'),
  }[per];
  const reach = [
    ...(tool === undefined ? [] : [toolTitle(tool)]),
    ...(project === undefined ? [] : [project.split(/[/\\]/).findLast((part) => part !== '') ?? project]),
  ];
  return reach.length === 0 ? name : t('{0} for {1}', name, reach.join(', '));
}
