import { access } from 'node:fs/promises';
import * as vscode from 'vscode';
import { earnedIds } from '../badges/badges-of.ts';
import type { TeamStatus } from '../dashboard/protocol/team.ts';
import { dataDir, machineOf } from '../ledger/machine.ts';
import { machinePolicyFile, readMachinePolicy } from '../team/machine-policy.ts';
import type { TeamThreadAnswerTo, TeamThreadQuestion, TeamThreadSettings } from '../team/thread/thread-protocol.ts';
import { dashboardMemory } from './dashboard-memory.ts';
import { TeamConsent } from './team-consent.ts';
import { forbiddenWords } from './team-forbidden.ts';
import { readNetworkSettings } from './team-network.ts';
import { showSignIn, signInRedirect } from './team-sign-in.ts';
import { type TeamNews, TeamThread } from './team-thread.ts';

const { t } = vscode.l10n;
/** A look at the disk costs little, but not after every scan. */
const lookMs = 5000;
const joinedKey = 'team.joined';

/** Nobody has joined on this machine. */
const off: TeamStatus = {
  state: 'off',
  organisation: undefined,
  origin: undefined,
  as: undefined,
  role: undefined,
  lastSyncAt: undefined,
  pausedUntil: undefined,
  problem: undefined,
  forbidden: undefined,
  flag: undefined,
};

/**
 * Team sharing as the window sees it. Its thread runs only where someone has joined or is about to: on a fresh machine there is
 * a look at the disk now and then, and nothing else.
 */
export class TeamSharing implements vscode.Disposable {
  private readonly context: vscode.ExtensionContext;
  private readonly log: vscode.LogOutputChannel;
  private readonly consent: TeamConsent;
  private readonly listeners: vscode.Disposable[];
  private readonly changed = new vscode.EventEmitter<TeamStatus>();
  private readonly newsEmitter = new vscode.EventEmitter<void>();
  private readonly file = `${dataDir(machineOf())}/team/team.db`;
  private thread: TeamThread | undefined;
  private status: TeamStatus = off;
  /** Before the thread has told how sharing stands, it is as it was in the last window. */
  private told = false;
  private settings = '';
  private lookedAt = 0;
  private invitation: string | undefined;
  private signedIn: (() => void) | undefined;
  private disposed = false;

  /** How sharing stands has changed. */
  readonly onDidChange = this.changed.event;
  /** What pages show of the team is to be asked for again. */
  readonly onNews = this.newsEmitter.event;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, onCounted: vscode.Event<void>) {
    this.context = context;
    this.log = log;
    this.consent = new TeamConsent(context.globalState, () => this.configure());
    this.listeners = [
      this.consent,
      this.changed,
      this.newsEmitter,
      onCounted(() => void this.look()),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && void this.look()),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('http') && this.configure()),
    ];
  }

  get current(): TeamStatus {
    return this.status;
  }

  /** Whether there is a team to show. */
  get joined(): boolean {
    return this.told ? this.status.state !== 'off' : this.context.globalState.get(joinedKey, false);
  }

  /** Begins where someone has joined before. */
  async look(): Promise<void> {
    if (this.disposed || Math.abs(Date.now() - this.lookedAt) < lookMs) return;
    this.lookedAt = Date.now();
    if (this.thread !== undefined) {
      this.configure();
      this.thread.tell({ kind: 'look' });
      this.askWhereNeeded();
      return;
    }
    if (await this.isHere()) this.begin();
    else if (!this.told && this.joined) await this.take({ kind: 'status', status: off });
    else this.tellWhatIsForbidden();
  }

  /** A machine's policy is shown also where nobody has joined. */
  private tellWhatIsForbidden(): void {
    const forbidden = forbiddenHere();
    if (this.status.state !== 'off' || forbidden === this.status.forbidden) return;
    this.status = { ...this.status, forbidden };
    this.changed.fire(this.status);
  }

  /** Whether an invitation is being looked at. */
  get inviting(): boolean {
    return this.invitation !== undefined;
  }

  /** Keeps a link until the page asks what it leads to. */
  invite(link: string): void {
    this.invitation = link;
  }

  /** Takes what a browser hands over at the end of a sign-in. */
  endSignIn(query: string): void {
    this.thread?.tell({ kind: 'signedIn', query });
  }

  /** Rejects with a sentence for people. */
  async ask<Asked extends TeamThreadQuestion>(question: Asked): Promise<TeamThreadAnswerTo<Asked>> {
    if (this.thread === undefined && question.ask === 'teamStatus' && !(await this.isHere())) {
      return { ...off, forbidden: forbiddenHere() } as TeamThreadAnswerTo<Asked>;
    }
    if (question.ask === 'joinOffer') return await this.begin().ask(await this.withLink(question));
    if (this.thread === undefined && !(await this.isHere())) {
      if (question.ask === 'cancelJoin') return null as TeamThreadAnswerTo<Asked>;
      throw new Error(t('Sharing is off: nothing leaves this machine.'));
    }
    if (question.ask === 'join') {
      this.begin().tell({ kind: 'redirect', redirect: await signInRedirect(this.context) });
    }
    // A sign-in that waits for the browser is given up with its invitation.
    if (question.ask === 'cancelJoin') this.thread?.tell({ kind: 'signedIn', query: null });
    const answer = await this.begin().ask(question);
    if (['join', 'cancelJoin', 'statePolicy'].includes(question.ask)) this.endInvitation();
    if (question.ask === 'cancelJoin') await this.endUnlessJoined();
    return answer;
  }

  /** Asks whether sharing is still wanted, where that is what it waits for. Gives whether it was. */
  async decide(byWish = true): Promise<boolean> {
    if (this.consent.given || !this.joined) return false;
    const answer = await this.consent.askWhileSharing(this.status.organisation ?? t('your team'), byWish);
    this.configure();
    if (answer === 'pause') await this.ask({ ask: 'pause', minutes: null });
    if (answer === 'leave') await vscode.commands.executeCommand('tokenboard.leaveTeam');
    return true;
  }

  dispose(): void {
    this.disposed = true;
    for (const listener of this.listeners) listener.dispose();
    this.signedIn?.();
    this.thread?.dispose();
    this.thread = undefined;
  }

  private async withLink<Asked extends TeamThreadQuestion>(question: Asked): Promise<Asked> {
    if (question.ask !== 'joinOffer') return question;
    const link = question.link ?? this.invitation;
    if (link === undefined) throw new Error(t('No invitation is open. Open its link, or paste it.'));
    this.invitation = link;
    if (!(await this.consent.askBeforeJoining())) {
      throw new Error(t('Nothing was asked and nothing was sent: telemetry is switched off in this editor.'));
    }
    this.configure();
    return { ...question, link };
  }

  /** A page that is out of sight was to go on with it. */
  private endInvitation(): void {
    if (this.invitation === undefined) return;
    this.invitation = undefined;
    this.newsEmitter.fire();
  }

  private async isHere(): Promise<boolean> {
    return await access(this.file).then(
      () => true,
      () => false,
    );
  }

  private begin(): TeamThread {
    if (this.disposed) throw new Error(t('Tokenboard is closing.'));
    if (this.thread !== undefined) return this.thread;
    const settings = this.readSettings();
    this.settings = JSON.stringify(settings);
    const { secrets, extensionUri } = this.context;
    const script = vscode.Uri.joinPath(extensionUri, 'dist', 'team.js').fsPath;
    const key = (origin: string): string => `team ${origin}`;
    this.thread = new TeamThread(
      script,
      settings,
      {
        get: (origin) => secrets.get(key(origin)),
        set: (origin, value) => (value === undefined ? secrets.delete(key(origin)) : secrets.store(key(origin), value)),
      },
      (news) => void this.take(news),
      (error) => {
        this.log.error(error);
        this.signedIn?.();
        this.thread = undefined;
      },
    );
    return this.thread;
  }

  private readSettings(): TeamThreadSettings {
    const badges = earnedIds(dashboardMemory(this.context.globalState).earned());
    return {
      version: String(this.context.extension.packageJSON.version),
      texts: vscode.l10n.bundle ?? {},
      network: readNetworkSettings(),
      badges: badges.length === 0 ? undefined : badges,
      maySend: this.consent.given,
    };
  }

  private configure(): void {
    if (this.thread === undefined) return;
    const settings = this.readSettings();
    const text = JSON.stringify(settings);
    if (text === this.settings) return;
    this.settings = text;
    this.thread.tell({ kind: 'settings', settings });
  }

  private async take(news: TeamNews): Promise<void> {
    switch (news.kind) {
      case 'trouble':
        this.log.warn(news.message);
        return;
      case 'changed':
        this.newsEmitter.fire();
        return;
      case 'ended': {
        const message = t(
          'Tokenboard: {0} has taken you off its board. Nothing is shared any more, and this machine has forgotten the team.',
          news.organisation,
        );
        void vscode.window.showInformationMessage(message);
        return;
      }
      case 'signIn': {
        this.signedIn?.();
        if (news.open === null) return;
        const over = Promise.withResolvers<void>();
        this.signedIn = over.resolve;
        await showSignIn(news.open, over.promise, () => this.thread?.tell({ kind: 'signedIn', query: null }));
        return;
      }
      case 'status':
        this.status = news.status;
        this.told = true;
        if (this.context.globalState.get(joinedKey, false) !== this.joined) {
          void this.context.globalState.update(joinedKey, this.joined);
        }
        this.changed.fire(news.status);
        void vscode.commands.executeCommand('setContext', 'tokenboard.sharing', this.joined ? news.status.state : '');
        this.askWhereNeeded();
        if (!this.joined) await this.endUnlessJoined();
    }
  }

  private askWhereNeeded(): void {
    if (this.status.state === 'asking' && this.consent.isToBeAsked) void this.decide(false);
  }

  /** A machine that shares nothing needs no thread. One that looks at an invitation does. */
  private async endUnlessJoined(): Promise<void> {
    if (await this.isNeeded()) return;
    // Whoever has just left waits for the answer still, and may have begun anew when it is there.
    await this.thread?.answered();
    if (await this.isNeeded()) return;
    this.signedIn?.();
    this.thread?.dispose();
    this.thread = undefined;
  }

  private async isNeeded(): Promise<boolean> {
    return this.invitation !== undefined || this.joined || (await this.isHere());
  }
}

function forbiddenHere(): string | undefined {
  return forbiddenWords(readMachinePolicy(machinePolicyFile(process.platform, process.env)), t);
}
