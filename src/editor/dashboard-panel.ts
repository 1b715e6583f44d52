import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Action, CommandId, FromWebview, StartView, Tab, ToWebview } from '../dashboard/protocol/messages.ts';
import type { Scope } from '../dashboard/protocol/scope.ts';
import type { Counting } from './counting.ts';
import { DashboardData } from './dashboard-data.ts';
import type { DashboardMemory } from './dashboard-memory.ts';
import { dashboardPage } from './dashboard-page.ts';
import { readDashboardSettings } from './dashboard-settings.ts';
import { turnNotice } from './notice.ts';
import { otherMachinesOf } from './other-machines.ts';
import { savePicture, saveText } from './save-dialogs.ts';
import type { TeamSharing } from './team-sharing.ts';

const { t } = vscode.l10n;
const viewType = 'tokenboard.dashboard';
/** While a long scan runs, figures are looked at anew this often. */
const lookMs = 700;

const commands: Readonly<Record<CommandId, readonly [command: string, ...args: unknown[]]>> = {
  refresh: ['tokenboard.refresh'],
  doctor: ['tokenboard.showFindings'],
  walkthrough: ['workbench.action.openWalkthrough', 'tokenboard.tokenboard#start', false],
  importCursor: ['tokenboard.importCursor'],
  addBudget: ['tokenboard.addBudget'],
  answerTeam: ['tokenboard.answerTeam'],
};

/** What a page without a past is about. */
const firstScope: Scope = { period: { kind: '30d' }, filter: {} };

/** What to show first. */
export interface DashboardTarget {
  readonly tab: Tab;
  readonly session?: string;
}

/** The dashboard: one panel in the editor, with a thread of its own while it is open. */
export class DashboardPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly extension: vscode.Uri;
  private readonly counting: Counting;
  private readonly sharing: TeamSharing;
  private readonly log: vscode.LogOutputChannel;
  private readonly memory: DashboardMemory;
  private readonly listeners: vscode.Disposable[];
  private panel: vscode.WebviewPanel | undefined;
  private data: DashboardData | undefined;
  private target: DashboardTarget | undefined;
  private started: StartView | undefined;
  /** The page takes messages: it has begun, and not been put away since. */
  private live = false;
  private lookTimer: NodeJS.Timeout | undefined;
  /** The page shows all of the person's machines. */
  private showsAll = false;

  constructor(
    extension: vscode.Uri,
    counting: Counting,
    sharing: TeamSharing,
    log: vscode.LogOutputChannel,
    memory: DashboardMemory,
  ) {
    this.memory = memory;
    this.extension = extension;
    this.counting = counting;
    this.sharing = sharing;
    this.log = log;
    this.listeners = [
      vscode.window.registerWebviewPanelSerializer(viewType, this),
      counting.onDidChange(() => this.look()),
      sharing.onDidChange(() => this.tellOfSharing()),
      sharing.onNews(() => this.tellOfSharing()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('tokenboard')) this.configure();
      }),
    ];
  }

  /** Opens the dashboard, or brings it to the front. */
  show(target?: DashboardTarget): void {
    if (this.panel === undefined) {
      this.target = target;
      this.startThread(firstScope);
      this.adopt(
        vscode.window.createWebviewPanel(viewType, t('Tokenboard'), vscode.ViewColumn.Active, {
          ...this.options(),
          enableFindWidget: true,
        }),
      );
      return;
    }
    this.panel.reveal();
    if (target === undefined) return;
    if (this.live) void this.post({ kind: 'show', ...target });
    else this.target = target;
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    if (this.panel !== undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = this.options();
    this.startThread((state as { readonly scope?: Scope } | undefined)?.scope ?? firstScope);
    this.adopt(panel);
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    this.close();
  }

  private options(): vscode.WebviewOptions {
    return {
      enableScripts: true,
      localResourceRoots: ['dist', 'media'].map((folder) => vscode.Uri.joinPath(this.extension, folder)),
    };
  }

  /** The page loads while the thread starts and answers what the page is going to ask first. */
  private startThread(scope: Scope): void {
    const script = vscode.Uri.joinPath(this.extension, 'dist', 'dashboard.js').fsPath;
    const settings = this.settings();
    const data = new DashboardData(
      script,
      settings,
      () => void this.post({ kind: 'changed' }),
      this.memory.earned(settings.estimates),
    );
    data.prepare({ ask: 'overview', scope });
    data.prepare({ ask: 'chart', scope, split: 'tool' });
    this.data = data;
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'media', 'icon.svg');
    panel.onDidDispose(() => this.close());
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.putAway();
    });
    panel.webview.onDidReceiveMessage((message: FromWebview) => void this.take(message));
    this.load();
  }

  /** Makes the page, or makes it anew. */
  private load(): void {
    if (this.panel === undefined) return;
    this.live = false;
    this.panel.webview.html = this.html(this.panel.webview);
  }

  /** The editor has ended the page, and begins it anew from its start data once it is to be seen: what they say must still hold. */
  private putAway(): void {
    this.live = false;
    const { tab, team, inviting } = this.started ?? {};
    if (tab !== this.target?.tab || team !== this.sharing.joined || inviting !== this.sharing.inviting) this.load();
  }

  private close(): void {
    clearTimeout(this.lookTimer);
    this.lookTimer = undefined;
    this.data?.dispose();
    this.data = undefined;
    const { panel } = this;
    this.panel = undefined;
    panel?.dispose();
  }

  private settings() {
    const { current } = this.counting;
    const settings = readDashboardSettings(current, (problem) => this.counting.tell(problem));
    return this.memory.dated(settings, current.zone.dayOf(Date.now()));
  }

  private html(webview: vscode.Webview): string {
    const address = (name: string) =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.extension, 'dist', name)).toString();
    const { zone, costSource } = this.counting.current;
    const start: StartView = {
      locale: vscode.env.language,
      zone: zone.name,
      costSource,
      texts: vscode.l10n.bundle ?? {},
      counting: this.counting.view,
      tab: this.target?.tab,
      team: this.sharing.joined,
      inviting: this.sharing.inviting,
      session: this.target?.session,
    };
    this.started = start;
    return dashboardPage({
      script: address('webview.js'),
      style: address('webview.css'),
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
      title: t('Tokenboard'),
      start,
    });
  }

  /** Where something changed that the page was told at its start, it starts anew, where it was. */
  private configure(): void {
    if (this.panel === undefined) return;
    const settings = this.settings();
    this.data?.configure(settings, this.memory.earned(settings.estimates));
    const { zone, costSource } = settings;
    if (zone !== this.started?.zone || costSource !== this.started.costSource) {
      this.load();
    }
  }

  /** Counting goes on: the page hears how it stands, and the thread looks for what is new, not more often than need be. */
  private look(): void {
    if (this.panel === undefined || this.lookTimer !== undefined) return;
    this.lookTimer = setTimeout(() => {
      this.lookTimer = undefined;
      this.data?.look();
      void this.post({ kind: 'counting', state: this.counting.view });
    }, lookMs);
    this.lookTimer.unref();
  }

  private async post(message: ToWebview): Promise<void> {
    await this.panel?.webview.postMessage(message);
  }

  private async take(message: FromWebview): Promise<void> {
    if (message.kind !== 'action') {
      const { id } = message;
      try {
        const answer = await this.answerTo(message);
        if (this.data !== undefined) await this.post({ kind: 'answer', id, answer });
      } catch (error) {
        // What a server says is told by sharing itself.
        if (message.kind === 'question' && this.data !== undefined) this.counting.tell(inWords(error));
        await this.post({ kind: 'failure', id, message: inWords(error) });
      }
      return;
    }
    try {
      await this.act(message.action);
    } catch (error) {
      this.log.error(inWords(error));
      void vscode.window.showErrorMessage(`Tokenboard: ${inWords(error)}`);
    }
  }

  private async answerTo(message: Exclude<FromWebview, { readonly kind: 'action' }>) {
    if (message.kind !== 'question') return await this.sharing.ask(message.question);
    const { question } = message;
    const all = 'machines' in question && question.machines === 'all';
    if (question.ask === 'overview') this.showsAll = all;
    if (all) this.data?.addOthers(await otherMachinesOf(this.sharing));
    return await this.data?.ask(question);
  }

  /** What nobody sees need not be new, but for whether there is a team, with which a page begins. */
  private tellOfSharing(): void {
    if (this.panel?.visible === false) this.putAway();
    if (this.panel?.visible !== true) return;
    void this.post({ kind: 'sharing', team: this.sharing.joined });
    if (this.showsAll) void this.post({ kind: 'changed' });
  }

  /** To where the page was asked while it could not hear it. One that is made again later is where the person left it. */
  private async lead(): Promise<void> {
    const { target } = this;
    this.target = undefined;
    if (target === undefined || (target.tab === this.started?.tab && target.session === this.started.session)) return;
    await this.post({ kind: 'show', ...target });
  }

  private async act(action: Action): Promise<void> {
    switch (action.act) {
      case 'ready':
        this.live = true;
        await this.lead();
        await this.post({ kind: 'sharing', team: this.sharing.joined });
        return await this.post({ kind: 'counting', state: this.counting.view });
      case 'settings':
        return await vscode.commands.executeCommand('workbench.action.openSettings', action.id);
      case 'command': {
        const [command, ...args] = commands[action.id];
        return await vscode.commands.executeCommand(command, ...args);
      }
      case 'badgeToasts':
        return await turnNotice('badges', action.on);
      case 'copy':
        await vscode.env.clipboard.writeText(action.text);
        vscode.window.setStatusBarMessage(t('Copied'), 3000);
        return;
      case 'saveText': {
        const { name, scope, format } = action;
        return await saveText(name, format, async () => {
          if (this.data === undefined) throw new Error(t('The dashboard is closing.'));
          return await this.data.ask({ ask: 'export', scope, format });
        });
      }
      case 'exportMine':
        return await vscode.commands.executeCommand('tokenboard.exportShared');
      case 'savePicture':
        return await savePicture(action.name, action.url);
    }
  }
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
