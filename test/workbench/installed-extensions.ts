import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { atExit } from './at-exit.ts';
import { installVsix } from './code-server.ts';
import { makeProfile } from './profile.ts';
import { sandboxEnv } from './sandbox-env.ts';

const installed = new Map<string, Promise<string>>();

/**
 * The folder of extensions with these packaged ones in it. It is made once for all windows of this process: what a window
 * keeps of its own is in its profile. A package that has changed since is installed anew.
 */
export function installedExtensions(vsixes: readonly string[]): Promise<string> {
  const key = vsixes.map((vsix) => `${resolve(vsix)} ${statSync(vsix).mtimeMs}`).join('\n');
  const known = installed.get(key);
  if (known !== undefined) return known;
  const making = install(vsixes);
  installed.set(key, making);
  making.catch(() => installed.delete(key));
  return making;
}

async function install(vsixes: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'tokenboard-installed-'));
  atExit(() => rmSync(folder, { recursive: true, force: true }));
  const profile = makeProfile(folder);
  for (const vsix of vsixes) await installVsix(resolve(vsix), profile, sandboxEnv(join(folder, 'home')));
  return profile.extensions;
}
