import * as vscode from 'vscode';
import { type CounterState, type CounterView, counterView } from './counter-view.ts';

/** The one status-bar item. */
export class Counter implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private shown: CounterView = { text: '', tooltip: '', label: '' };

  constructor() {
    this.item = vscode.window.createStatusBarItem('tokenboard.counter', vscode.StatusBarAlignment.Left, -10);
    this.item.name = 'Tokenboard';
    this.item.command = 'tokenboard.showSummary';
  }

  /** The words that are shown, for tests. */
  get view(): CounterView {
    return this.shown;
  }

  show(state: CounterState): void {
    const view = counterView(state, {
      translate: vscode.l10n.t,
      demo: process.env.TOKENBOARD_DEMO === '1',
    });
    if (view.text === this.shown.text && view.tooltip === this.shown.tooltip) return;
    this.shown = view;
    this.item.text = view.text;
    this.item.tooltip = new vscode.MarkdownString(view.tooltip);
    this.item.accessibilityInformation = { label: view.label, role: 'button' };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
