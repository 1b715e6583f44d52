import { homedir } from 'node:os';

/** Where Node keeps the command's compiled code: the platform's place for what may be deleted at any time. */
export function codeCacheDir({ env, platform }: Pick<NodeJS.Process, 'env' | 'platform'> = process): string {
  if (platform === 'win32') return `${env.LOCALAPPDATA || `${homedir()}/AppData/Local`}/tokenboard/code`;
  if (platform === 'darwin') return `${homedir()}/Library/Caches/tokenboard/code`;
  // One that is not absolute does not count, by the specification.
  const caches = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : `${homedir()}/.cache`;
  return `${caches}/tokenboard/code`;
}
