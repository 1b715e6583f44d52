import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from './store.ts';

/**
 * Who was erased, kept outside the database, so that a restored backup does not bring anyone back. It holds keyed
 * hashes: without the key beside it, and the member's random id, a line tells nothing.
 */
export interface Erasures {
  /** Writes members down; returns when that is on the disk. Before the store erases, so that no crash comes between. */
  add(org: number, members: readonly number[]): void;
  has(org: number, member: number): boolean;
}

/** The list in a folder of the operator's; it begins with the first call. */
export function openErasures(folder: string): Erasures {
  const key = keyIn(join(folder, 'erasures.key'));
  const file = join(folder, 'erasures.list');
  const listed = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);
  const hashOf = (org: number, member: number): string =>
    createHmac('sha256', key).update(`${org} ${member}`).digest('hex');
  return {
    add(org, members) {
      const hashes = members.map((member) => hashOf(org, member)).filter((hash) => !listed.has(hash));
      if (hashes.length === 0) return;
      append(file, hashes.map((hash) => `${hash}\n`).join(''));
      for (const hash of hashes) listed.add(hash);
    },
    has: (org, member) => listed.has(hashOf(org, member)),
  };
}

/** Erases again whom a restored backup brought back; answers how many. */
export async function eraseAgain(store: Store, erasures: Erasures, org: number, now: number): Promise<number> {
  const limit = 500;
  let erased = 0;
  for (let after = 0; ; ) {
    const page = await store.members({ org, after, limit });
    for (const { id } of page) {
      if (!erasures.has(org, id)) continue;
      const by = { member: null, role: null };
      await store.eraseMember({ org, member: id, by, action: 'member.remove', force: true, now });
      erased++;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return erased;
    after = last.id;
  }
}

function keyIn(file: string): Buffer {
  if (!existsSync(file)) append(file, randomBytes(32).toString('hex'));
  return Buffer.from(readFileSync(file, 'utf8'), 'hex');
}

function append(file: string, text: string): void {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
