import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './at-exit.ts';

/** The folder for what is downloaded once and kept: `$TOKENBOARD_CACHE_DIR`, else `tokenboard` in the user's cache. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.TOKENBOARD_CACHE_DIR) return env.TOKENBOARD_CACHE_DIR;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'tokenboard');
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'tokenboard-cache');
  return join(homedir(), '.cache', 'tokenboard');
}

/**
 * A folder of the cache, filled by `install` if it is not there yet. It is filled under a name of its own and renamed
 * when whole, so a broken download is done again and two installs at once do not meet.
 */
export async function installedOnce(name: string, install: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder(), name);
  const stamp = join(folder, '.complete');
  if (existsSync(stamp)) return folder;
  removeStale(name);
  const partial = `${folder}.${process.pid}.partial`;
  const remove = () => rmSync(partial, { recursive: true, force: true, maxRetries: 3 });
  const callOff = atExit(remove);
  mkdirSync(partial, { recursive: true });
  try {
    await install(partial);
    writeFileSync(join(partial, '.complete'), '');
    if (existsSync(stamp)) return folder;
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } catch (error) {
    // Another process may have been first: what it made serves as well.
    if (!existsSync(stamp)) throw error;
  } finally {
    remove();
    callOff();
  }
  return folder;
}

/** Removes what installs that were killed have left: no install takes an hour. */
function removeStale(name: string): void {
  if (!existsSync(cacheFolder())) return;
  for (const entry of readdirSync(cacheFolder())) {
    const path = join(cacheFolder(), entry);
    const stale = entry.startsWith(`${name}.`) && entry.endsWith('.partial');
    if (stale && statSync(path).mtimeMs < Date.now() - 3_600_000) rmSync(path, { recursive: true, force: true });
  }
}
