import { join } from 'node:path';
import * as vscode from 'vscode';
import { Counter } from './editor/counter.ts';
import type { CounterView } from './editor/counter-view.ts';
import { Counting } from './editor/counting.ts';
import { summaryText } from './editor/summary.ts';
import { SummaryDocument } from './editor/summary-document.ts';
import { zoneOf } from './usage/days.ts';

/** What tests can see of the running extension. */
export interface TokenboardApi {
  readonly counter: CounterView;
}

/** Builds the parts and connects them. Counting begins once the window is up. */
export function activate({ extensionPath, subscriptions }: vscode.ExtensionContext): TokenboardApi {
  const log = vscode.window.createOutputChannel('Tokenboard', { log: true });
  const counter = new Counter();
  const counting = new Counting(join(extensionPath, 'dist', 'scanner.js'), counter, log);
  const summary = new SummaryDocument(() => {
    const figures = counting.today;
    if (figures === undefined) return vscode.l10n.t('Still counting. Please look again in a moment.');
    return summaryText(figures, zoneOf().dayOf(Date.now()), vscode.l10n.t);
  });
  subscriptions.push(
    log,
    counter,
    counting,
    summary,
    vscode.commands.registerCommand('tokenboard.showSummary', () => summary.show()),
    vscode.commands.registerCommand('tokenboard.refresh', () => counting.poll()),
    vscode.commands.registerCommand('tokenboard.showLog', () => log.show()),
  );
  counter.show({ kind: 'counting', progress: undefined, figures: undefined });
  const start = setTimeout(() => void counting.start(), 0);
  subscriptions.push({ dispose: () => clearTimeout(start) });
  return {
    get counter() {
      return counter.view;
    },
  };
}
