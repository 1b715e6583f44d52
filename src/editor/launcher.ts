import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes a small script that starts the `tokenboard` command with the program that runs this editor, and gives its path. It
 * stays where it is when the extension is updated, and is written anew at each start; it is silent once the extension is gone.
 */
export async function writeLauncher(dir: string, extensionPath: string): Promise<string> {
  const folder = join(dir, 'bin');
  const cli = join(extensionPath, 'dist', 'cli.js');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') {
    const file = join(folder, 'tokenboard.cmd');
    const lines = [
      '@echo off',
      `if not exist "${cli}" exit /b 0`,
      'set ELECTRON_RUN_AS_NODE=1',
      `"${process.execPath}" "${cli}" %*`,
    ];
    await writeFile(file, `${lines.join('\r\n')}\r\n`);
    return file;
  }
  const file = join(folder, 'tokenboard');
  const lines = [
    '#!/bin/sh',
    `[ -f ${quoted(cli)} ] || exit 0`,
    `ELECTRON_RUN_AS_NODE=1 exec ${quoted(process.execPath)} ${quoted(cli)} "$@"`,
  ];
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o700 });
  await chmod(file, 0o700);
  return file;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
