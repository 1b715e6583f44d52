import * as vscode from 'vscode';
import { earnedBadges } from '../badges/badges-of.ts';
import type { BadgesView } from '../dashboard/protocol/badges.ts';
import { badgesToTell, earnedNames } from './badge-news.ts';
import { badgeMessage } from './badge-words.ts';
import type { Counting } from './counting.ts';
import { DashboardData } from './dashboard-data.ts';
import type { DashboardMemory } from './dashboard-memory.ts';
import { readDashboardSettings, readNotificationSettings } from './dashboard-settings.ts';
import { notify, type ShowDashboard } from './notice.ts';

const hourMs = 3_600_000;
/** Not while a window starts. */
const settleMs = 30_000;
const lookedAtKey = 'badges.lookedAt';

/**
 * Tells of new badges, once, and keeps what is earned, also for those who share it with a team. They rest on all that was ever counted, so they are worked out at most once an hour, in one of the
 * windows and only after new requests, by the dashboard's thread, which ends again at once.
 */
export class BadgeToast implements vscode.Disposable {
  private readonly script: string;
  private readonly counting: Counting;
  private readonly state: vscode.Memento;
  private readonly memory: DashboardMemory;
  private readonly log: vscode.LogOutputChannel;
  private readonly showDashboard: ShowDashboard;
  private readonly isShared: () => boolean;
  private readonly listener: vscode.Disposable;
  private data: DashboardData | undefined;
  private firstCounted: number | undefined;
  private seen = '';
  private disposed = false;

  constructor(
    context: vscode.ExtensionContext,
    memory: DashboardMemory,
    counting: Counting,
    log: vscode.LogOutputChannel,
    showDashboard: ShowDashboard,
    isShared: () => boolean,
  ) {
    this.script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'dashboard.js').fsPath;
    this.state = context.globalState;
    this.memory = memory;
    this.counting = counting;
    this.log = log;
    this.showDashboard = showDashboard;
    this.isShared = isShared;
    this.listener = counting.onCounted(() => void this.look());
  }

  dispose(): void {
    this.disposed = true;
    this.listener.dispose();
    this.data?.dispose();
  }

  private async look(): Promise<void> {
    const now = Date.now();
    this.firstCounted ??= now;
    const { figures, current } = this.counting;
    if (figures === undefined || this.data !== undefined || this.disposed || now - this.firstCounted < settleMs) return;
    const day = current.zone.dayOf(now);
    const sight = `${day} ${figures.today.sums.events}`;
    if (sight === this.seen || Math.abs(now - this.state.get(lookedAtKey, 0)) < hourMs) return;
    if (!readNotificationSettings().badges && !this.isShared()) return;
    this.seen = sight;
    try {
      await this.state.update(lookedAtKey, now);
      await this.tell(await this.badges(), day);
    } catch (error) {
      this.log.debug(`Badges could not be worked out: ${error}`);
    }
  }

  /** What is kept, and shared by those who do, does not depend on whether estimates are shown; what is told does. */
  private async badges(): Promise<{ readonly kept: BadgesView; readonly shown: BadgesView }> {
    const { current } = this.counting;
    const settings = readDashboardSettings(current, (problem) => this.counting.tell(problem));
    const dated = this.memory.dated(settings, current.zone.dayOf(Date.now()));
    const all = { ...dated, estimates: true };
    const data = new DashboardData(this.script, all, () => undefined, this.memory.earned());
    this.data = data;
    try {
      const kept = await data.ask({ ask: 'badges' });
      if (dated.estimates) return { kept, shown: kept };
      data.configure(dated, this.memory.earned(dated.estimates));
      return { kept, shown: await data.ask({ ask: 'badges' }) };
    } finally {
      data.dispose();
      this.data = undefined;
    }
  }

  private async tell({ kept, shown }: Awaited<ReturnType<BadgeToast['badges']>>, today: string): Promise<void> {
    const earned = earnedBadges(kept.badges);
    if (!readNotificationSettings().badges) return await this.memory.keepEarned(earned);
    const news = { kind: 'badge', names: earnedNames(shown.badges), firstIsHistory: true };
    const { names } = await this.counting.ask({ ask: 'tellOnce', news });
    await this.memory.keepEarned(earned);
    const fresh = badgesToTell(shown.badges, names, today);
    if (fresh.length === 0 || this.disposed) return;
    const message = badgeMessage(fresh, vscode.l10n.t);
    void notify({ kind: 'badges', message, target: { tab: 'badges' } }, this.showDashboard);
  }
}
