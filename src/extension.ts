import { join } from 'node:path';
import * as vscode from 'vscode';
import { registerCommands } from './editor/commands.ts';
import { Counter } from './editor/counter.ts';
import type { CounterView } from './editor/counter-view.ts';
import { Counting } from './editor/counting.ts';

/** What tests can see of the running extension. */
export interface TokenboardApi {
  readonly counter: CounterView | undefined;
}

/** Builds the parts and connects them. Counting begins once the window is up. */
export function activate(context: vscode.ExtensionContext): TokenboardApi {
  const log = vscode.window.createOutputChannel('Tokenboard', { log: true });
  const counter = new Counter();
  const counting = new Counting(join(context.extensionPath, 'dist', 'scanner.js'), counter, log);
  const start = setTimeout(() => void counting.start(), 0);
  context.subscriptions.push(
    log,
    counter,
    counting,
    { dispose: () => clearTimeout(start) },
    ...registerCommands(counting, log, context),
  );
  return {
    get counter() {
      return counter.view;
    },
  };
}
