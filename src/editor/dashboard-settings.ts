import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { DashboardSettings } from '../dashboard/protocol/settings.ts';
import { readAccounts, readBilling } from './billing-settings.ts';
import { readAllowance, readBudgets } from './budget-settings.ts';
import type { Settings } from './settings.ts';

/** Which notifications a person wants. */
export interface NotificationSettings {
  readonly budget: boolean;
  readonly runaway: boolean;
  readonly badges: boolean;
}

/** The settings that the dashboard's figures depend on. What makes no sense is as if it were not set, and told in a sentence. */
export function readDashboardSettings(settings: Settings, tell: (problem: string) => void): DashboardSettings {
  const values = vscode.workspace.getConfiguration('tokenboard');
  return {
    zone: settings.zone.name,
    locale: vscode.env.language,
    costSource: settings.costSource,
    withoutTools: settings.scanner.withoutTools,
    estimates: settings.estimates,
    billing: readBilling(values.get('billing'), tell),
    accounts: readAccounts(values.get('accounts'), homedir(), tell),
    budgets: readBudgets(values.get('budgets'), homedir(), tell),
    allowance: readAllowance(values.get('allowance'), tell),
    badgeToasts: readNotificationSettings().badges,
  };
}

/** All are on unless switched off. */
export function readNotificationSettings(): NotificationSettings {
  const values = vscode.workspace.getConfiguration('tokenboard.notifications');
  const on = (name: string) => values.get(name) !== false;
  return { budget: on('budget'), runaway: on('runaway'), badges: on('badges') };
}
