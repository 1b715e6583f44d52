import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const { t } = vscode.l10n;
const stride = 1 << 20;

/** Asks where to save a text, has it made, and writes it. Nothing is made where the person thinks better of it. */
export async function saveText(name: string, type: 'csv' | 'json', text: () => Promise<string>): Promise<void> {
  const uri = await askWhere(name, type.toUpperCase(), type);
  if (uri === undefined) return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: t('Saving {0}', name) },
    async () => await write(uri, await text()),
  );
  saved(uri);
}

/** Asks where to save a picture, given as a data URL of a PNG, and writes it. */
export async function savePicture(name: string, url: string): Promise<void> {
  const data = /^data:image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(url)?.[1];
  if (data === undefined) throw new Error(t('The picture could not be made.'));
  const uri = await askWhere(name, 'PNG', 'png');
  if (uri === undefined) return;
  await vscode.workspace.fs.writeFile(uri, Buffer.from(data, 'base64'));
  saved(uri);
}

async function askWhere(name: string, kind: string, extension: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath ?? homedir();
  return await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(join(folder, name)),
    filters: { [kind]: [extension] },
    title: t('Save {0}', name),
  });
}

/** A part after the other, so that a large text does not hold up the extension host. */
async function write(uri: vscode.Uri, text: string): Promise<void> {
  if (uri.scheme !== 'file') {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return;
  }
  const file = await open(uri.fsPath, 'w');
  try {
    for (let from = 0; from < text.length; ) {
      let to = Math.min(text.length, from + stride);
      // Not between the halves of one character.
      const last = text.charCodeAt(to - 1);
      if (to < text.length && last >= 0xd800 && last <= 0xdbff) to--;
      await file.write(text.slice(from, to));
      from = to;
    }
  } finally {
    await file.close();
  }
}

function saved(uri: vscode.Uri): void {
  vscode.window.setStatusBarMessage(t('Saved {0}', uri.path.split('/').at(-1) ?? ''), 3000);
}
