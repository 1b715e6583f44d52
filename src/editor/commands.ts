import * as vscode from 'vscode';
import { addBudget } from './add-budget.ts';
import type { Counting } from './counting.ts';
import { importCursorFile } from './cursor-import.ts';
import type { DashboardPanel } from './dashboard-panel.ts';
import { logFindings } from './findings-log.ts';
import { forgetByChoice } from './forget-choice.ts';
import { StatuslineSetup } from './statusline-setup.ts';
import { branchText, summaryText } from './summary.ts';
import { teamCommands } from './team-commands.ts';
import type { TeamSharing } from './team-sharing.ts';

const { t } = vscode.l10n;

/** Registers every command that the manifest offers. */
export function registerCommands(
  counting: Counting,
  dashboard: DashboardPanel,
  sharing: TeamSharing,
  log: vscode.LogOutputChannel,
  context: vscode.ExtensionContext,
): readonly vscode.Disposable[] {
  const statusline = new StatuslineSetup(context);
  // Without it all else works.
  const renewal = setTimeout(() => void statusline.renew().catch((error) => log.warn(String(error))), 1000);

  function today(): string | undefined {
    const { figures, current } = counting;
    if (figures === undefined) return undefined;
    const { zone, costSource } = current;
    return summaryText(figures.today, zone.dayOf(Date.now()), { translate: t, costSource });
  }

  async function copy(text: string | undefined, done: string): Promise<void> {
    if (text === undefined) {
      void vscode.window.showInformationMessage(t('Still counting. Please try again in a moment.'));
      return;
    }
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(done, 3000);
  }

  async function copyBranchCost(): Promise<void> {
    const branch = await counting.branchNow();
    if (branch === undefined) {
      void vscode.window.showInformationMessage(t('No folder with a git branch is open in this window.'));
      return;
    }
    if (branch.figures.tokens === 0) {
      void vscode.window.showInformationMessage(t('Nothing was counted on {0} yet.', branch.name));
      return;
    }
    const { costSource } = counting.current;
    await copy(
      branchText(branch.name, branch.figures, { translate: t, costSource }),
      t('Copied the cost of {0}', branch.name),
    );
  }

  async function refresh(): Promise<void> {
    await counting.refresh();
    vscode.window.setStatusBarMessage(t('Counted again'), 3000);
  }

  async function showFindings(): Promise<void> {
    const { tools, file } = await counting.ask({ ask: 'survey' });
    logFindings(log, tools, file);
    log.show();
  }

  const commands: Readonly<Record<string, () => unknown>> = {
    showDashboard: () => dashboard.show(),
    refresh,
    copySummary: () => copy(today(), t('Copied today’s summary')),
    copyBranchCost,
    forget: () => forgetByChoice(counting),
    setUpStatusline: () => statusline.setUp(),
    removeStatusline: () => statusline.takeBack(),
    showFindings,
    showLog: () => log.show(),
    addBudget,
    importCursor: () => importCursorFile(counting),
    openWalkthrough: () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', 'tokenboard.tokenboard#start', false),
    ...teamCommands(sharing, dashboard),
    openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', '@ext:tokenboard.tokenboard'),
  };
  const registered = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`tokenboard.${name}`, () => told(run)),
  );
  return [statusline, { dispose: () => clearTimeout(renewal) }, ...registered];

  /** A command that fails says so where the person is looking. */
  async function told(run: () => unknown): Promise<void> {
    try {
      await run();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.error(message);
      void vscode.window.showErrorMessage(`Tokenboard: ${message}`);
    }
  }
}
