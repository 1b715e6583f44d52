import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const windows = process.platform === 'win32';

/** Where the launcher of a data folder is; it stays there when the extension is updated. */
export function launcherIn(dataDir: string): string {
  return join(dataDir, 'bin', windows ? 'tokenboard.cmd' : 'tokenboard');
}

/**
 * Writes a small script that starts the `tokenboard` command of an extension with the program that runs this editor. It is
 * silent once that extension is gone.
 */
export async function writeLauncher(dataDir: string, extensionPath: string): Promise<void> {
  const file = launcherIn(dataDir);
  const cli = join(extensionPath, 'dist', 'cli.js');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const lines = windows
    ? [
        '@echo off',
        `if not exist "${cli}" exit /b 0`,
        'set ELECTRON_RUN_AS_NODE=1',
        `"${process.execPath}" "${cli}" %*`,
      ]
    : [
        '#!/bin/sh',
        `[ -f ${quoted(cli)} ] || exit 0`,
        `ELECTRON_RUN_AS_NODE=1 exec ${quoted(process.execPath)} ${quoted(cli)} "$@"`,
      ];
  const end = windows ? '\r\n' : '\n';
  await writeFile(file, lines.map((line) => line + end).join(''), { mode: 0o700 });
  await chmod(file, 0o700);
}

/** A launcher that is in use leads to this extension from now on: an update has another folder than the version before. */
export async function renewLauncher(dataDir: string, extensionPath: string): Promise<void> {
  if (existsSync(launcherIn(dataDir))) await writeLauncher(dataDir, extensionPath);
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
