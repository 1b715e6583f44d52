import * as vscode from 'vscode';
import type { DashboardPanel } from './dashboard-panel.ts';
import { saveText } from './save-dialogs.ts';
import type { TeamSharing } from './team-sharing.ts';

const { t } = vscode.l10n;
const scheme = 'tokenboard-upload';
const hourMinutes = 60;
const dayMinutes = 24 * hourMinutes;

/** The commands of team sharing by their names, as `registerCommands` takes them. */
export function teamCommands(sharing: TeamSharing, dashboard: DashboardPanel): Readonly<Record<string, () => unknown>> {
  async function joinTeam(): Promise<void> {
    const link = await vscode.window.showInputBox({
      title: t('Join a Team'),
      prompt: t('Paste the invite link. You see who runs the board and what would be shared before anything is.'),
      placeHolder: 'https://board.example.org/join#…',
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.trim() === '' || isInvite(text)
          ? undefined
          : t('An invite link looks like https://board.example.org/join#…'),
    });
    if (link === undefined || link.trim() === '') return;
    openInvitation(link, sharing, dashboard);
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

  return {
    joinTeam,
    pauseSharing,
    leaveTeam,
    previewSharing,
    resumeSharing: () => sharing.ask({ ask: 'resume' }),
    showTeam: () => dashboard.show({ tab: 'team' }),
    exportShared: () => exportShared(sharing),
    answerTeam: async () => {
      if (!(await sharing.decide())) dashboard.show({ tab: 'team' });
    },
  };
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
        const link = /(?:^|&)link=([^&]+)/.exec(query)?.[1];
        if (path === '/join' && link !== undefined) openInvitation(decoded(link), sharing, dashboard);
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
