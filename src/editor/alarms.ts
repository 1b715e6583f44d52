import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { rowId } from '../dashboard/protocol/row-id.ts';
import type { DashboardSettings } from '../dashboard/protocol/settings.ts';
import type { UsualHour } from '../ledger/session-hours.ts';
import type { News } from '../ledger/tell-once.ts';
import { habitDays, habitQuantile, leastRunawayBurn } from '../stats/runaway.ts';
import { quarterMs } from '../usage/tally.ts';
import { budgetNews, runningBudgets } from './budget-news.ts';
import type { Counting } from './counting.ts';
import { readDashboardSettings, readNotificationSettings } from './dashboard-settings.ts';
import { type Notice, notify, type ShowDashboard } from './notice.ts';
import { runawayNews } from './runaway-news.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A window that nobody looks at leaves it to one that somebody looks at. */
const unfocusedWaitMs = 3000;

/** Tells, once each and in one window, of budgets that are nearly or quite used up and of sessions that run away. */
export class Alarms implements vscode.Disposable {
  private readonly counting: Counting;
  private readonly log: vscode.LogOutputChannel;
  private readonly listeners: readonly vscode.Disposable[];
  private settings: DashboardSettings | undefined;
  private usual: { readonly at: number; readonly hour: UsualHour } | undefined;
  private looking = false;
  private disposed = false;
  /** What the last look was about: where nothing has changed, there is nothing to look for. */
  private seen = '';
  /** What burnt before anybody looked is noted. */
  private begun = false;
  /** What need not be asked for again. */
  private readonly told = new Set<string>();
  private readonly showDashboard: ShowDashboard;

  constructor(counting: Counting, log: vscode.LogOutputChannel, showDashboard: ShowDashboard) {
    this.counting = counting;
    this.log = log;
    this.showDashboard = showDashboard;
    this.listeners = [
      counting.onCounted(() => void this.look()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('tokenboard')) return;
        this.settings = undefined;
        this.usual = undefined;
        this.seen = '';
      }),
    ];
  }

  dispose(): void {
    this.disposed = true;
    for (const listener of this.listeners) listener.dispose();
  }

  private async look(): Promise<void> {
    const now = Date.now();
    const { figures, current } = this.counting;
    if (figures === undefined || this.looking || this.disposed) return;
    const { tokens, sums } = figures.today;
    const sight = `${current.zone.dayOf(now)} ${tokens} ${sums.events} ${sums.costNanoUSD}`;
    if (sight === this.seen) return;
    this.seen = sight;
    this.looking = true;
    try {
      const wanted = readNotificationSettings();
      if (wanted.budget) await this.lookAtBudgets(now);
      if (wanted.runaway) await this.lookForRunaways(now);
    } catch (error) {
      // The ledger may be busy: there is a next time.
      this.seen = '';
      this.log.debug(`Nothing could be looked at for notifications: ${error}`);
    } finally {
      this.looking = false;
    }
  }

  private async lookAtBudgets(now: number): Promise<void> {
    this.settings ??= readDashboardSettings(this.counting.current, (problem) => this.counting.tell(problem));
    const running = runningBudgets(this.settings, now);
    if (running.length === 0) return;
    const { sums } = await this.counting.ask({ ask: 'spans', wishes: running.map(({ wish }) => wish) });
    const news = budgetNews(running, sums, this.settings.costSource, vscode.l10n.t);
    const untold = await this.untold({
      kind: 'budget',
      names: news.flatMap(({ names }) => names),
      firstIsHistory: false,
    });
    // A budget's first name is that of the mark it has reached.
    const told = news.filter(({ names }) => untold.includes(names[0] ?? ''));
    const message = told.map((one) => one.message).join(' ');
    if (message !== '') this.tell({ kind: 'budget', message, target: { tab: 'overview' } });
  }

  private async lookForRunaways(now: number): Promise<void> {
    // The quarter that runs and three before it: never more than an hour.
    const since = (Math.floor(now / quarterMs) - 3) * quarterMs;
    const { estimates } = this.counting.current;
    const { sessions } = await this.counting.ask({ ask: 'burns', since, estimates });
    const suspects = sessions.filter(({ burn }) => burn >= leastRunawayBurn);
    const habit = suspects.length === 0 ? undefined : await this.usualHour(now, since);
    const news = habit === undefined ? [] : runawayNews(suspects, habit, vscode.l10n.t);
    if (news.length === 0 && this.begun) return;
    const untold = await this.untold({ kind: 'runaway', names: news.map(({ name }) => name), firstIsHistory: true });
    this.begun = true;
    for (const { name, message, session } of news) {
      if (!untold.includes(name)) continue;
      const row = rowId({ list: 'sessions', tool: session.tool, session: session.session });
      this.tell({ kind: 'runaway', message, target: { tab: 'sessions', session: row } });
    }
  }

  /** A habit does not change within an hour. */
  private async usualHour(now: number, until: number): Promise<UsualHour> {
    if (this.usual === undefined || now - this.usual.at > hourMs) {
      const span = { since: until - habitDays * dayMs, until, quantile: habitQuantile };
      const { usual } = await this.counting.ask({
        ask: 'usualHour',
        ...span,
        estimates: this.counting.current.estimates,
      });
      this.usual = { at: now, hour: usual };
    }
    return this.usual.hour;
  }

  /** Those names that no window has told yet. */
  private async untold({ kind, names, firstIsHistory }: News): Promise<readonly string[]> {
    const fresh = names.filter((name) => !this.told.has(name));
    if (fresh.length === 0 && (!firstIsHistory || this.begun)) return [];
    if (fresh.length > 0 && !vscode.window.state.focused) await sleep(unfocusedWaitMs);
    if (this.disposed) return [];
    const answer = await this.counting.ask({ ask: 'tellOnce', news: { kind, names: fresh, firstIsHistory } });
    for (const name of fresh) this.told.add(name);
    return answer.names;
  }

  private tell(notice: Notice): void {
    void notify(notice, this.showDashboard);
  }
}
