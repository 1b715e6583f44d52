import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { cacheFolder } from './cache-folder.ts';
import type { Profile } from './profile.ts';
import { runCommand } from './run-command.ts';
import { say } from './say.ts';

const windows = process.platform === 'win32';
const inApplications = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';
const oldest = [1, 105] as const;

/** The command of a desktop VS Code that can open a window here, if there is one; else says why not. */
export async function desktopCode(): Promise<string | undefined> {
  const { env } = process;
  if (process.platform === 'linux') {
    if (env.WSL_DISTRO_NAME || env.VSCODE_IPC_HOOK_CLI || !(env.DISPLAY || env.WAYLAND_DISPLAY)) return undefined;
  }
  const command = ['code', 'code-insiders', 'codium', inApplications].find((name) => versionOf(name) !== undefined);
  if (command === undefined) return process.platform === 'linux' ? undefined : downloaded();
  const [major = 0, minor = 0] = versionOf(command) ?? [];
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return command;
  say(`The installed VS Code is ${major}.${minor}; Tokenboard needs ${oldest.join('.')} or newer.`);
  return process.platform === 'linux' ? undefined : downloaded();
}

/** Installs the packaged extension into the profile, and opens a window. The process lasts as long as that. */
export async function openDesktop(
  command: string,
  vsix: string,
  profile: Profile,
  options: { readonly env: NodeJS.ProcessEnv; readonly log: string; readonly folder?: string | undefined },
): Promise<ChildProcess> {
  const { env, log, folder } = options;
  const folders = ['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
  const name = windows ? `"${command}"` : command;
  await runCommand(name, [...folders, '--install-extension', vsix, '--force'], { env, shell: windows });
  const output = openSync(log, 'w');
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Without --verbose the command would leave VS Code running on its own, out of reach of Ctrl-C.
  const args = [...folders, ...root, '--verbose', '--new-window', ...(folder ? [folder] : [])];
  return spawn(name, args, { env, shell: windows, detached: !windows, stdio: ['ignore', output, output] });
}

function versionOf(command: string): readonly number[] | undefined {
  if (command === inApplications && !existsSync(command)) return undefined;
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8', shell: windows, timeout: 20_000 });
  const found = /^(\d+)\.(\d+)\.\d+/m.exec(stdout ?? '');
  return found ? [Number(found[1]), Number(found[2])] : undefined;
}

async function downloaded(): Promise<string> {
  say('No VS Code found: downloading one, which is kept for the next time …');
  const executable = await downloadAndUnzipVSCode({ version: 'stable', cachePath: join(cacheFolder(), 'desktop') });
  return resolveCliPathFromVSCodeExecutablePath(executable);
}
