import { statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import type { Arguments } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/**
 * The home folders that are looked into as well, absolute: those of `--extra-home`, which must exist, and those that
 * TOKENBOARD_EXTRA_HOMES lists as PATH does, unless `--home` asks for another home.
 */
export function extraHomes(asked: Arguments, env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const named = asked.values('extra-home');
  for (const home of named) {
    if (!isFolder(home)) throw new UsageError(`--extra-home '${home}' is no folder.`);
  }
  const usual = asked.value('home') === undefined ? (env.TOKENBOARD_EXTRA_HOMES ?? '').split(delimiter) : [];
  const homes = [...named, ...usual.map((home) => home.trim()).filter((home) => home !== '' && isFolder(home))];
  return [...new Set(homes.map((home) => resolve(home)))];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
