import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Machine } from '../readers/reader.ts';

/** The user's own machine, or another home folder on it: then no environment override holds. */
export function machineOf(home?: string): Machine {
  return home === undefined
    ? { home: slashed(homedir()), platform: process.platform, env: process.env }
    : { home: slashed(resolve(home)), platform: process.platform, env: {} };
}

/** Where the ledger is kept, absolute: `$TOKENBOARD_DATA_DIR`, else the platform's place for a program's data. */
export function dataDir({ home, platform, env }: Machine): string {
  const own = env.TOKENBOARD_DATA_DIR;
  if (own) return slashed(resolve(own));
  if (platform === 'darwin') return `${home}/Library/Application Support/tokenboard`;
  if (platform === 'win32') return `${slashed(env.LOCALAPPDATA || `${home}/AppData/Local`)}/tokenboard`;
  // One that is not absolute does not count, by the specification.
  return `${env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : `${home}/.local/share`}/tokenboard`;
}

/** A path with forward slashes, which every platform understands. */
export function slashed(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
