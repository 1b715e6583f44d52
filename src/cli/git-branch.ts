import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { BranchPlace } from '../ledger/scanner-protocol.ts';

/** The branch that a folder has checked out, and the top of its working tree; undefined outside a repository or off any branch. */
export function branchOf(folder: string): BranchPlace | undefined {
  for (let project = resolve(folder); ; project = dirname(project)) {
    const head = headIn(join(project, '.git'));
    if (head !== undefined) {
      const branch = /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim();
      return branch === undefined ? undefined : { project, branch };
    }
    if (dirname(project) === project) return undefined;
  }
}

/** In a linked working tree `.git` is a file that names the folder. */
function headIn(git: string): string | undefined {
  const head = textOf(join(git, 'HEAD'));
  if (head !== undefined) return head;
  const link = /^gitdir: (.+)$/m.exec(textOf(git) ?? '')?.[1]?.trim();
  return link === undefined ? undefined : textOf(join(resolve(dirname(git), link), 'HEAD'));
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
