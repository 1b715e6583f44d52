import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { codeServerScript } from './install-code-server.ts';
import { endGroup, endGroupAtExit } from './process-group.ts';
import type { Profile } from './profile.ts';
import { runCommand } from './run-command.ts';

export interface Server {
  readonly port: number;
  readonly url: string;
  /** Fulfilled with a sentence when the server ends, by itself or by `close`. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly profile: Profile;
  /** The whole environment of the extension host. */
  readonly env: NodeJS.ProcessEnv;
  /** File that gets what the server prints. */
  readonly log: string;
  /** 0 or absent: any free port. */
  readonly port?: number | undefined;
  /** Asked for by the page before it lets anyone in; absent: everyone on this machine gets in. */
  readonly password?: string | undefined;
  /** The display's language, of which a language pack is installed; absent: English. */
  readonly locale?: string | undefined;
  /** Obey the page's development keys: load an extension from its folder, run a test suite in the extension host. */
  readonly development?: boolean;
}

/** Installs a packaged extension into a profile. */
export async function installVsix(vsix: string, profile: Profile, env: NodeJS.ProcessEnv): Promise<void> {
  const script = await codeServerScript();
  await runCommand(process.execPath, [script, ...folders(profile), '--install-extension', vsix], { env });
}

/** Starts VS Code's server for the browser on the loopback address. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const script = await codeServerScript();
  const args = [
    ...[script, '--bind-addr', `127.0.0.1:${options.port ?? 0}`, '--auth', options.password ? 'password' : 'none'],
    ...folders(options.profile),
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(options.locale ? ['--locale', options.locale] : []),
    ...(options.development ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  const env = options.password ? { ...options.env, PASSWORD: options.password } : options.env;
  const child = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  endGroupAtExit(child);
  const log = createWriteStream(options.log);
  child.stderr.pipe(log, { end: false });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`VS Code's server could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`VS Code's server ended (${code ?? signal}); see ${options.log}`));
  });
  const listening = new Promise<number>((resolve) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      log.write(chunk);
      output += chunk;
      const found = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output);
      if (found) resolve(Number(found[1]));
    });
  });
  const tooLate = new Promise<string>((resolve) =>
    setTimeout(() => resolve(`VS Code's server was not ready after 60 s; see ${options.log}`), 60_000).unref(),
  );
  const port = await Promise.race([listening, ended, tooLate]);
  if (typeof port === 'string') {
    await endGroup(child);
    throw new Error(port);
  }
  return { port, url: `http://127.0.0.1:${port}/`, ended, close: () => endGroup(child) };
}

function folders(profile: Profile): string[] {
  return [
    ...['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions],
    ...['--config', profile.config, '--session-socket', profile.socket],
  ];
}
