import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { installVsix, startServer } from './code-server.ts';
import { openDesktop } from './desktop-code.ts';
import { codeServerScript } from './install-code-server.ts';
import { endGroup, endGroupAtExit } from './process-group.ts';
import type { Profile } from './profile.ts';
import { say } from './say.ts';
import type { StartOptions } from './start-options.ts';

/** What a VS Code is to be opened with. */
export interface Session {
  readonly vsix: string;
  readonly env: NodeJS.ProcessEnv;
  readonly profile: Profile;
  /** Folder for what VS Code prints. */
  readonly logs: string;
  /** The folder to open; absent: none. */
  readonly folder?: string;
}

export interface Running {
  /** A sentence, once VS Code has ended. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

/** Opens a window of the desktop VS Code. */
export async function runOnDesktop(command: string, session: Session): Promise<Running> {
  say(`Opening a window of ${command}, with a profile of its own …`);
  const { vsix, profile, env, folder } = session;
  const child = await openDesktop(command, vsix, profile, { env, folder, log: join(session.logs, 'vscode.log') });
  endGroupAtExit(child);
  say('Look at the status bar at the bottom. Close the window or press Ctrl-C to end it.');
  return { ended: once(child, 'exit').then(() => 'VS Code was closed.'), close: () => endGroup(child) };
}

/** Starts VS Code's server and tells its address. */
export async function runInBrowser(session: Session, options: StartOptions): Promise<Running> {
  await codeServerScript();
  say('Installing the extension into it …');
  await installVsix(session.vsix, session.profile, session.env);
  const password = options.password ? String(randomInt(10 ** 9, 10 ** 10)) : undefined;
  const server = await startServer({
    profile: session.profile,
    env: session.env,
    log: join(session.logs, 'vscode-server.log'),
    port: await freePort(options.port),
    password,
  });
  const address = server.url + (session.folder ? `?folder=${encodeURIComponent(session.folder)}` : '?ew=true');
  say(`\n  VS Code with Tokenboard:  ${address}\n`);
  if (password) say(`  Its password:  ${password}\n`);
  say('Open that in a browser and look at the status bar at the bottom. Ctrl-C ends it.');
  if (options.open) openAddress(address);
  return server;
}

/** The wanted port, or 0 for any if it is taken. */
async function freePort(wanted: number): Promise<number> {
  const probe = createServer();
  const free = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(wanted, '127.0.0.1', () => resolve(true));
  });
  if (!free) {
    say(`Port ${wanted} is taken: using another.`);
    return 0;
  }
  probe.close();
  await once(probe, 'close');
  return wanted;
}

/** Opens the address in the person's browser, where there is a desktop and somebody at the terminal. */
function openAddress(address: string): void {
  const { DISPLAY, WAYLAND_DISPLAY, CI } = process.env;
  const desktop = process.platform === 'darwin' || DISPLAY || WAYLAND_DISPLAY;
  if (!desktop || CI || !process.stdout.isTTY) return;
  const opener = spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [address], {
    stdio: 'ignore',
    detached: true,
  });
  // Without such a command the printed address is enough.
  opener.once('error', () => undefined);
  opener.unref();
}
