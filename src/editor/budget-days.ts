import type { Budget } from '../dashboard/protocol/money.ts';

/** The local day on which each budget was first seen, by its id. */
export type BudgetDays = Readonly<Record<string, string>>;

/** Budgets with the day since which each is set. `days` is what is to be kept: budgets that are gone are forgotten. */
export function datedBudgets(
  budgets: readonly Budget[],
  kept: BudgetDays,
  today: string,
): { readonly budgets: readonly Budget[]; readonly days: BudgetDays } {
  const dated = budgets.map((budget) => ({ ...budget, setOn: kept[budget.id] ?? today }));
  return { budgets: dated, days: Object.fromEntries(dated.map(({ id, setOn }) => [id, setOn])) };
}
