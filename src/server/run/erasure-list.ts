import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ErasureNotes } from '../store/noted-erasure.ts';
import type { Store } from '../store/store.ts';

/** Who was erased, as keyed hashes in a file outside the database, so that a restored backup brings nobody back. */
export interface ErasureList extends ErasureNotes {
  has(member: number): boolean;
  readonly empty: boolean;
}

const pageSize = 500;

/**
 * Opens the list; a line is a hash, with a minus before it where it is taken back. A file that is missing is an empty list.
 * Several processes may write to it; what others write is read at the next start.
 */
export function erasureList(file: string, key: Buffer): ErasureList {
  const text = readList(file);
  const erased = new Set<string>();
  for (const line of text.split('\n').filter(Boolean)) {
    if (line.startsWith('-')) erased.delete(line.slice(1));
    else erased.add(line);
  }
  // A line that was broken off by a crash must not swallow the next one.
  let gap = text === '' || text.endsWith('\n') ? '' : '\n';
  const hashOf = (member: number): string => createHmac('sha256', key).update(`erased:${member}`).digest('hex');

  async function write(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a', 0o600);
    try {
      await handle.write(gap + lines.map((line) => `${line}\n`).join(''));
      gap = '';
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  return {
    async add(members) {
      const hashes = members.map(hashOf);
      await write(hashes);
      for (const hash of hashes) erased.add(hash);
    },
    async drop(members) {
      const hashes = members.map(hashOf);
      await write(hashes.map((hash) => `-${hash}`));
      for (const hash of hashes) erased.delete(hash);
    },
    has: (member) => erased.has(hashOf(member)),
    get empty() {
      return erased.size === 0;
    },
  };
}

/** Erases again whom a restored backup has brought back. Answers how many. */
export async function eraseAgain(store: Store, org: number, list: ErasureList, now: number): Promise<number> {
  let erased = 0;
  for (let after = 0; !list.empty; ) {
    const members = await store.members({ org, after, limit: pageSize });
    for (const { id } of members) {
      if (!list.has(id)) continue;
      const by = { member: null, role: null };
      await store.eraseMember({ org, member: id, by, action: 'member.leave', force: true, now });
      erased++;
    }
    const last = members.at(-1);
    if (last === undefined || members.length < pageSize) return erased;
    after = last.id;
  }
  return erased;
}

function readList(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
