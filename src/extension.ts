import { join } from 'node:path';
import * as vscode from 'vscode';
import { Alarms } from './editor/alarms.ts';
import { BadgeToast } from './editor/badge-toast.ts';
import { registerCommands } from './editor/commands.ts';
import { Counter } from './editor/counter.ts';
import type { CounterView } from './editor/counter-view.ts';
import { Counting } from './editor/counting.ts';
import { dashboardMemory } from './editor/dashboard-memory.ts';
import { DashboardPanel } from './editor/dashboard-panel.ts';
import { teamRegistrations } from './editor/team-commands.ts';
import { TeamSharing } from './editor/team-sharing.ts';

/** What tests can see of the running extension. */
export interface TokenboardApi {
  readonly counter: CounterView | undefined;
}

/** Builds the parts and connects them. Counting begins once the window is up. */
export function activate(context: vscode.ExtensionContext): TokenboardApi {
  const log = vscode.window.createOutputChannel('Tokenboard', { log: true });
  const counter = new Counter();
  const counting = new Counting(join(context.extensionPath, 'dist', 'scanner.js'), counter, log);
  const sharing = new TeamSharing(context, log, counting.onCounted);
  const memory = dashboardMemory(context.globalState);
  const dashboard = new DashboardPanel(context.extensionUri, counting, sharing, log, memory);
  const start = setTimeout(() => void counting.start(), 0);
  context.subscriptions.push(
    log,
    counter,
    counting,
    sharing,
    sharing.onDidChange((status) => counter.share(status)),
    dashboard,
    new Alarms(counting, log, (target) => dashboard.show(target)),
    new BadgeToast(
      context,
      memory,
      counting,
      log,
      (target) => dashboard.show(target),
      () => sharing.joined,
    ),
    { dispose: () => clearTimeout(start) },
    ...registerCommands(counting, dashboard, sharing, log, context),
    ...teamRegistrations(sharing, dashboard),
  );
  return {
    get counter() {
      return counter.view;
    },
  };
}
