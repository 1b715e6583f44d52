import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { BranchPlace } from '../ledger/scanner-protocol.ts';

/** The branch that a folder has checked out, and the top of its working tree; undefined outside a repository or off any branch. */
export async function branchOf(folder: string): Promise<BranchPlace | undefined> {
  for (let project = folder; ; project = dirname(project)) {
    const head = await headOf(join(project, '.git'));
    if (head !== undefined) {
      const branch = /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim();
      return branch === undefined ? undefined : { project, branch };
    }
    if (dirname(project) === project) return undefined;
  }
}

/** In a linked working tree `.git` is a file that names the folder. */
async function headOf(git: string): Promise<string | undefined> {
  try {
    return await readFile(join(git, 'HEAD'), 'utf8');
  } catch {
    try {
      const link = /^gitdir: (.+)$/m.exec(await readFile(git, 'utf8'))?.[1]?.trim();
      return link === undefined ? undefined : await readFile(join(resolve(dirname(git), link), 'HEAD'), 'utf8');
    } catch {
      return undefined;
    }
  }
}
