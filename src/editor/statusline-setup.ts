import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { dataDir, machineOf } from '../ledger/machine.ts';
import { statusLineIn, withStatusLine } from './claude-settings.ts';
import { launcherIn, renewLauncher, writeLauncher } from './launcher.ts';
import { replaceFile } from './replace-file.ts';

const { t } = vscode.l10n;
const scheme = 'tokenboard-proposal';
const replacedKey = 'statusline.replaced';

/** Shows today's tokens in Claude Code's own status line: offers the change, shows it before it is made, and takes it back. */
export class StatuslineSetup implements vscode.Disposable {
  private readonly context: vscode.ExtensionContext;
  private readonly registration: vscode.Disposable;
  private proposal = '';

  constructor(context: vscode.ExtensionContext) {
    this.context = context;
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ path }) => (path.endsWith('now.json') ? '' : this.proposal),
    });
  }

  async setUp(): Promise<void> {
    const file = settingsFile();
    const before = await textOf(file);
    const dir = dataDir(machineOf());
    const statusLine = { type: 'command', command: `${shellQuoted(launcherIn(dir))} statusline` };
    const old = statusLineIn(before);
    const question =
      old === undefined || isOurs(old)
        ? t('Show today’s tokens in Claude Code’s status line?')
        : t(
            'Replace Claude Code’s present status line with Tokenboard’s? It comes back when you take Tokenboard out again.',
          );
    const launch = () => writeLauncher(dir, this.context.extensionPath);
    if (!(await this.change(file, before, changed(file, before, statusLine), question, launch))) return;
    if (!isOurs(old)) await this.context.globalState.update(replacedKey, old);
    void vscode.window.showInformationMessage(t('Claude Code shows today’s tokens from its next prompt on.'));
  }

  async takeBack(): Promise<void> {
    const file = settingsFile();
    const before = await textOf(file);
    if (!isOurs(statusLineIn(before))) {
      void vscode.window.showInformationMessage(
        t('Claude Code’s status line is not Tokenboard’s; nothing was changed.'),
      );
      return;
    }
    const after = changed(file, before, this.context.globalState.get(replacedKey));
    if (await this.change(file, before, after, t('Take Tokenboard out of Claude Code’s status line?'))) {
      await this.context.globalState.update(replacedKey, undefined);
    }
  }

  /** An update of the extension has moved what the status line runs. */
  async renew(): Promise<void> {
    await renewLauncher(dataDir(machineOf()), this.context.extensionPath);
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** Shows what is to change, asks, and makes the change unless the file has changed meanwhile. */
  private async change(
    file: string,
    before: string,
    after: string,
    question: string,
    prepare?: () => Promise<void>,
  ): Promise<boolean> {
    this.proposal = after;
    const empty = vscode.Uri.from({ scheme, path: '/now.json' });
    const proposed = vscode.Uri.from({ scheme, path: `/${Date.now()}/settings.json` });
    const title = t('Claude Code settings: now ↔ with the change');
    await vscode.commands.executeCommand('vscode.diff', before === '' ? empty : vscode.Uri.file(file), proposed, title);
    const apply = t('Change the settings');
    const answer = await vscode.window.showInformationMessage(question, apply, t('Leave them'));
    await closeProposals();
    if (answer !== apply) return false;
    if ((await textOf(file)) !== before) throw new Error(t('{0} has changed meanwhile; please try again.', file));
    await prepare?.();
    await replaceFile(file, after);
    return true;
  }
}

async function closeProposals(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isProposal = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputTextDiff && input.modified.scheme === scheme;
  await vscode.window.tabGroups.close(tabs.filter(isProposal));
}

function changed(file: string, before: string, statusLine: unknown): string {
  try {
    return withStatusLine(before, statusLine);
  } catch {
    throw new Error(t('Claude Code’s settings are not valid JSON, so they cannot be changed: {0}', file));
  }
}

function isOurs(statusLine: unknown): boolean {
  return /\btokenboard\b/.test(String((statusLine as { readonly command?: unknown } | undefined)?.command ?? ''));
}

function settingsFile(): string {
  return join(process.env.CLAUDE_CONFIG_DIR?.split(',')[0] || join(homedir(), '.claude'), 'settings.json');
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function shellQuoted(path: string): string {
  return /^[\w/.:\\-]+$/.test(path) ? path : `"${path}"`;
}
