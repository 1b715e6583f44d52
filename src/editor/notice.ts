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
  if (answer === off) await turnNotice(kind, false);
}

/** Turns a kind of notification on or off for good, and says that it did and how it is undone. */
export async function turnNotice(kind: Notice['kind'], on: boolean): Promise<void> {
  const values = vscode.workspace.getConfiguration('tokenboard.notifications');
  await values.update(kind, on, vscode.ConfigurationTarget.Global);
  const setting = `tokenboard.notifications.${kind}`;
  const words = on
    ? t('Turned on; the setting {0} turns it off again', setting)
    : t('Turned off; the setting {0} turns it on again', setting);
  vscode.window.setStatusBarMessage(words, 10_000);
}
