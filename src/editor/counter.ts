import { hostname } from 'node:os';
import * as vscode from 'vscode';
import type { TeamStatus } from '../dashboard/protocol/team.ts';
import { type CounterState, type CounterView, counterView } from './counter-view.ts';
import type { Settings } from './settings.ts';

/** What a click in the tooltip may do. */
const enabledCommands = [
  'tokenboard.showDashboard',
  'tokenboard.copySummary',
  'tokenboard.openSettings',
  'tokenboard.showFindings',
  'tokenboard.refresh',
  'tokenboard.pauseSharing',
  'tokenboard.resumeSharing',
  'tokenboard.previewSharing',
  'tokenboard.leaveTeam',
  'tokenboard.answerTeam',
];

/** The one status-bar item. */
export class Counter implements vscode.Disposable {
  private item: vscode.StatusBarItem | undefined;
  private side: Settings['side'] | undefined;
  private shown: CounterView | undefined;
  private sharing: TeamStatus | undefined;
  private latest: readonly [CounterState, Settings] | undefined;

  /** The words that are shown. */
  get view(): CounterView | undefined {
    return this.shown;
  }

  /** How sharing with a team stands, from now on. */
  share(status: TeamStatus): void {
    this.sharing = status.state === 'off' && status.forbidden === undefined ? undefined : status;
    if (this.latest !== undefined) this.show(...this.latest);
  }

  show(state: CounterState, settings: Settings): void {
    this.latest = [state, settings];
    const { shown, period, side, costSource, zone } = settings;
    const now = Date.now();
    const view = counterView(state, {
      translate: vscode.l10n.t,
      shown,
      period,
      costSource,
      clock: clockOf(zone.name, now),
      remote: vscode.env.remoteName === undefined ? undefined : hostname(),
      demo: process.env.TOKENBOARD_DEMO === '1',
      sharing: this.sharing,
      now,
    });
    const item = this.itemOn(side);
    if (this.shown !== undefined && sameView(view, this.shown)) return;
    this.shown = view;
    const tooltip = new vscode.MarkdownString(view.tooltip, true);
    tooltip.isTrusted = { enabledCommands };
    tooltip.supportHtml = true;
    item.text = view.text;
    item.tooltip = tooltip;
    item.command = view.command;
    item.backgroundColor = view.warns ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.accessibilityInformation = { label: view.label, role: 'button' };
    item.show();
  }

  dispose(): void {
    this.item?.dispose();
  }

  private itemOn(side: Settings['side']): vscode.StatusBarItem {
    if (this.item === undefined || this.side !== side) {
      this.item?.dispose();
      // An item that comes again with the same id stays on the side where it was first.
      this.item =
        side === 'left'
          ? vscode.window.createStatusBarItem('tokenboard.counter', vscode.StatusBarAlignment.Left, 1)
          : vscode.window.createStatusBarItem('tokenboard.counter.right', vscode.StatusBarAlignment.Right, 100);
      this.item.name = 'Tokenboard';
      this.side = side;
      this.shown = undefined;
    }
    return this.item;
  }
}

/** The time of day, and the day as well where it is not today. Intl takes long to begin, so it is asked only when needed. */
function clockOf(timeZone: string, now: number): (time: number) => string {
  const style = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(vscode.env.language, { timeZone, ...options });
  const far = 20 * 3_600_000;
  return (moment) => {
    const time = style({ timeStyle: 'short' }).format(moment);
    return moment - now < far ? time : `${style({ weekday: 'short' }).format(moment)} ${time}`;
  };
}

function sameView(a: CounterView, b: CounterView): boolean {
  return a.text === b.text && a.tooltip === b.tooltip && a.warns === b.warns && a.command === b.command;
}
