import { statSync } from 'node:fs';
import type { Arguments } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/** The folder of `--home`; undefined for the user's own. */
export function homeAsked(asked: Arguments): string | undefined {
  const home = asked.value('home');
  if (home !== undefined && !statSync(home, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--home '${home}' is no folder.`);
  }
  return home;
}
