import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import type { DashboardSettings } from '../dashboard/protocol/settings.ts';
import { type BudgetDays, datedBudgets } from './budget-days.ts';

/** What the editor remembers for the dashboard's figures, over windows and restarts. */
export interface DashboardMemory {
  /**
   * The days on which badges were earned: they stay earned. Estimates had a part in some, so that without them none is kept, and
   * the exact figures decide anew.
   */
  earned(estimates?: boolean): Readonly<Record<string, readonly string[]>>;
  keepEarned(earned: Readonly<Record<string, readonly string[]>>): Thenable<void>;
  /** Settings whose budgets tell since when they are set; budgets that are new are noted as of that day. */
  dated(settings: DashboardSettings, today: string): DashboardSettings;
}

const earnedKey = 'badges.earned';
const daysKey = 'budgets.days';

export function dashboardMemory(state: vscode.Memento): DashboardMemory {
  return {
    earned: (estimates = true) =>
      estimates ? state.get<Readonly<Record<string, readonly string[]>>>(earnedKey, {}) : {},
    keepEarned: (earned) => state.update(earnedKey, earned),
    dated(settings, today) {
      const kept = state.get<BudgetDays>(daysKey, {});
      const { budgets, days } = datedBudgets(settings.budgets, kept, today);
      if (!isDeepStrictEqual(days, kept)) void state.update(daysKey, days);
      return { ...settings, budgets };
    },
  };
}
