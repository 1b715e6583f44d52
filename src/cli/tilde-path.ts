import { harmless } from './terminal-text.ts';

/** A path as people know it, with `~` for the home folder. */
export function tildePath(path: string, home: string): string {
  return harmless(path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path);
}
