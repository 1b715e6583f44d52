import * as vscode from 'vscode';
import type { BudgetPeriod } from '../dashboard/protocol/money.ts';
import { amountAsWritten } from './budget-settings.ts';

const { t } = vscode.l10n;

/** Asks for a budget and puts it into the settings. */
export async function addBudget(): Promise<void> {
  const per = await chosenPeriod();
  if (per === undefined) return;
  const written = await vscode.window.showInputBox({
    title: t('Set a Budget'),
    prompt: t('How much? In USD, such as $50, or in tokens, such as 20M. You are told at 80 % and at 100 %.'),
    placeHolder: '$50',
    ignoreFocusOut: true,
    validateInput: (text) =>
      amountAsWritten(text) === undefined ? t('Please write an amount like $50 or 20M tokens.') : undefined,
  });
  const amount = written === undefined ? undefined : amountAsWritten(written);
  if (amount === undefined) return;
  const values = vscode.workspace.getConfiguration('tokenboard');
  const before = values.get<unknown>('budgets');
  const budgets = [...(Array.isArray(before) ? before : []), { per, ...amount }];
  await values.update('budgets', budgets, vscode.ConfigurationTarget.Global);
  const open = t('Open Settings');
  const message = t('Tokenboard: the budget is set. The dashboard shows how much of it is used.');
  // Nobody has to answer.
  void vscode.window.showInformationMessage(message, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('workbench.action.openSettings', 'tokenboard.budgets');
  });
}

async function chosenPeriod(): Promise<BudgetPeriod | undefined> {
  const choices: readonly (vscode.QuickPickItem & { readonly per: BudgetPeriod })[] = [
    { per: 'month', label: t('A month'), description: t('from its first day on') },
    { per: 'week', label: t('A week'), description: t('from Monday on') },
    { per: 'day', label: t('A day') },
    { per: 'year', label: t('A year'), description: t('from the first of January on') },
  ];
  const title = t('Set a Budget');
  return (await vscode.window.showQuickPick(choices, { title, placeHolder: t('A budget for …'), ignoreFocusOut: true }))
    ?.per;
}
