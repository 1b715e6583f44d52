import type { Machine } from './reader.ts';

/** A path as the ledger writes it: with forward slashes, and none at its end. */
export function slashed(path: string, platform: Machine['platform']): string {
  return (platform === 'win32' ? path.replaceAll('\\', '/') : path).replace(/(?<=.)\/+$/, '');
}

/** The folders that a variable names, comma-separated; none where it is not set. */
export function foldersNamed(variable: string | undefined, { platform }: Machine): readonly string[] {
  return (variable ?? '').split(',').flatMap((dir) => slashed(dir.trim(), platform) || []);
}

/** Where programs keep their data by the rules of each system: `~/.local/share`, `Library/Application Support`, `AppData`. */
export function dataFolders({ home, platform, env }: Machine): {
  readonly home: string;
  /** `$XDG_DATA_HOME` or `~/.local/share`: many tools use it on every system. */
  readonly xdg: string;
  /** The system's own: as `xdg` on Linux. */
  readonly own: string;
  /** As `own`; on Windows the part of it that does not roam. */
  readonly local: string;
  /** Where settings are: `$XDG_CONFIG_HOME` or `~/.config` on Linux, else as `own`. */
  readonly config: string;
} {
  const path = (written: string) => slashed(written, platform);
  const folder = path(home);
  const xdg = path(env.XDG_DATA_HOME || `${folder}/.local/share`);
  if (platform === 'darwin') {
    const own = `${folder}/Library/Application Support`;
    return { home: folder, xdg, own, local: own, config: own };
  }
  if (platform !== 'win32') {
    return { home: folder, xdg, own: xdg, local: xdg, config: path(env.XDG_CONFIG_HOME || `${folder}/.config`) };
  }
  const own = path(env.APPDATA || `${folder}/AppData/Roaming`);
  return { home: folder, xdg, own, local: path(env.LOCALAPPDATA || `${folder}/AppData/Local`), config: own };
}
