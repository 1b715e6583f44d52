import * as vscode from 'vscode';
import type { DashboardTarget } from './dashboard-panel.ts';
import type { NotificationSettings } from './dashboard-settings.ts';

const { t } = vscode.l10n;

/** Something to be told once. */
export interface Notice {
  readonly kind: keyof NotificationSettings;
  readonly message: string;
  /** Where in the dashboard it leads. */
  readonly target: DashboardTarget;
}

/** Opens the dashboard. */
export type ShowDashboard = (target: DashboardTarget) => void;

/** Tells something in the corner of the window, with a way to see it and one never to be told such things again. */
export async function notify({ kind, message, target }: Notice, showDashboard: ShowDashboard): Promise<void> {
  const [show, off] = [t('Show'), t('Turn Off')];
  const answer = await vscode.window.showInformationMessage(`Tokenboard: ${message}`, show, off);
  if (answer === show) showDashboard(target);
  if (answer !== off) return;
  const values = vscode.workspace.getConfiguration('tokenboard.notifications');
  await values.update(kind, false, vscode.ConfigurationTarget.Global);
  vscode.window.setStatusBarMessage(t('Turned off; the settings turn it on again'), 5000);
}
