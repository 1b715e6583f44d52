import * as vscode from 'vscode';
import type { DashboardPanel } from './dashboard-panel.ts';
import { saveText } from './save-dialogs.ts';
import type { TeamSharing } from './team-sharing.ts';
import { signedInPath } from './team-sign-in.ts';

const { t } = vscode.l10n;
const scheme = 'tokenboard-upload';
const hourMinutes = 60;
const dayMinutes = 24 * hourMinutes;

/** The commands of team sharing by their names, as `registerCommands` takes them. */
export function teamCommands(sharing: TeamSharing, dashboard: DashboardPanel): Readonly<Record<string, () => unknown>> {
  async function joinTeam(): Promise<void> {
    const link = await vscode.window.showInputBox({
      title: t('Join a Team'),
      prompt: t(
        'Paste the invite link, or enter the board’s address to sign in. You see who runs the board and what would be shared before anything is.',
      ),
      placeHolder: 'https://board.example.org',
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.trim() === '' || isInvite(text) || isAddress(text)
          ? undefined
          : t('An invite link looks like https://board.example.org/join#…, an address like https://board.example.org'),
    });
    if (link === undefined || link.trim() === '') return;
    openInvitation(link, sharing, dashboard);
  }

  async function joinByAddress(): Promise<void> {
    const address = await vscode.window.showInputBox({
      title: t('Join a Team by Address and Sign In'),
      prompt: t('Enter the board’s address. You see who runs it and what would be shared before you sign in.'),
      placeHolder: 'https://board.example.org',
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.trim() === '' || isAddress(text) ? undefined : t('An address looks like https://board.example.org'),
    });
    if (address === undefined || address.trim() === '') return;
    openInvitation(address, sharing, dashboard);
  }

  async function pauseSharing(): Promise<void> {
    const choices: readonly (vscode.QuickPickItem & { readonly minutes: number | null })[] = [
      { minutes: hourMinutes, label: t('For an hour') },
      { minutes: dayMinutes, label: t('For a day') },
      { minutes: null, label: t('Until I say so') },
    ];
    const chosen = await vscode.window.showQuickPick(choices, {
      title: t('Pause Sharing'),
      placeHolder: t('What is counted meanwhile is sent after the pause.'),
    });
    if (chosen !== undefined) await sharing.ask({ ask: 'pause', minutes: chosen.minutes });
  }

  async function leaveTeam(): Promise<void> {
    const { state, organisation = t('your team') } = sharing.current;
    if (!sharing.joined) throw new Error(t('Sharing is off: nothing leaves this machine.'));
    const leave = t('Leave');
    const detail = t(
      'You are hidden from its boards at once. Its server erases everything about you within 24 hours, and this machine forgets the team.',
    );
    if (state !== 'leaving') {
      const question = t('Leave {0} and take everything with you?', organisation);
      const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, leave);
      if (answer !== leave) return;
    }
    const { state: after, problem } = await sharing.ask({ ask: 'leave' });
    if (after === 'leaving') void vscode.window.showWarningMessage(`Tokenboard: ${problem ?? ''}`);
    else vscode.window.setStatusBarMessage(t('You have left {0}', organisation), 5000);
  }

  async function previewSharing(): Promise<void> {
    await sharing.ask({ ask: 'teamStatus' });
    const uri = vscode.Uri.from({ scheme, path: `/${t('what is shared next')}.json`, query: String(Date.now()) });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  async function replaceMachine(): Promise<void> {
    const replace = t('Replace It');
    const question = t('Does this machine replace another of yours?');
    const detail = t(
      'Another of your machines has told the very same counts. If this one replaces it, the other is signed out and its counts are taken off; nothing is counted twice. Else leave with one of the two.',
    );
    const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, replace);
    if (answer === replace) await sharing.ask({ ask: 'replaceDevice' });
  }

  return {
    joinTeam,
    joinByAddress,
    pauseSharing,
    leaveTeam,
    previewSharing,
    resumeSharing: () => sharing.ask({ ask: 'resume' }),
    showTeam: () => dashboard.show({ tab: 'team' }),
    exportShared: () => exportShared(sharing),
    openBoard: () => openBoard(sharing),
    answerTeam: async () => {
      if (await sharing.decide()) return;
      if (sharing.current.asks === 'overlap') await replaceMachine();
      else dashboard.show({ tab: 'team' });
    },
  };
}

/** Opens the board's pages in a browser, where one is then signed in. */
async function openBoard(sharing: TeamSharing): Promise<void> {
  const link = await sharing.ask({ ask: 'webLink' });
  await vscode.env.openExternal(vscode.Uri.parse(link, true));
}

/** Saves everything that the team's server keeps about this person. */
export async function exportShared(sharing: TeamSharing): Promise<void> {
  await saveText('tokenboard-shared.json', 'json', () => sharing.ask({ ask: 'export' }));
}

/** Links that open an invitation in the editor, and the text that `previewSharing` shows. */
export function teamRegistrations(sharing: TeamSharing, dashboard: DashboardPanel): readonly vscode.Disposable[] {
  return [
    vscode.window.registerUriHandler({
      handleUri({ path, query }) {
        if (path === signedInPath) return sharing.endSignIn(query);
        const link = /(?:^|&)link=([^&]+)/.exec(query)?.[1];
        if (path !== '/join' || link === undefined) return;
        // A server's mere address is a person's own to type.
        const invite = decoded(link);
        if (isInvite(invite)) openInvitation(invite, sharing, dashboard);
      },
    }),
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      async provideTextDocumentContent() {
        const { next } = await sharing.ask({ ask: 'share' });
        return next.json === '' ? t('Nothing waits to be sent.') : next.json;
      },
    }),
  ];
}

function openInvitation(link: string, sharing: TeamSharing, dashboard: DashboardPanel): void {
  sharing.invite(link.trim());
  dashboard.show({ tab: 'join' });
}

/** A link that was encoded once more than need be. */
function decoded(link: string): string {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}

/** Roughly; the thread says what is wrong with one. */
function isInvite(text: string): boolean {
  return /:\/\/\S+\/(?:join|setup)\b\S*/.test(text);
}

/** Where a board may stand: at the top of a host. */
function isAddress(text: string): boolean {
  return /^(?:https?:\/\/)?[\w.-]+(?::\d{1,5})?\/?$/.test(text.trim());
}
