import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { exact } from '../usage/format.ts';
import type { Counting } from './counting.ts';

const { t } = vscode.l10n;

/** Asks for the usage file (CSV) that Cursor's website gives its users, and takes it into the ledger. */
export async function importCursorFile(counting: Counting): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({
    title: t('The usage file (CSV) of your Cursor account, from its website'),
    openLabel: t('Import'),
    defaultUri: vscode.Uri.file(homedir()),
    filters: { [t('Usage file')]: ['csv'] },
  });
  const file = chosen?.[0]?.fsPath;
  if (file === undefined) return;
  const { imported } = await counting.ask({ ask: 'importCursor', file });
  await counting.refresh();
  const { requests, added, forgotten } = imported;
  const known = requests - added - forgotten;
  const parts = [
    added === 1 ? t('1 request is new') : t('{0} requests are new', exact(added)),
    ...(known > 0 ? [t('{0} were known already', exact(known))] : []),
    ...(forgotten > 0 ? [t('{0} are left out because they were to be forgotten', exact(forgotten))] : []),
  ];
  void vscode.window.showInformationMessage(`Tokenboard: ${parts.join(', ')}.`);
}
