import { readSync } from 'node:fs';
import type { LogState } from './batch.ts';

const headBytes = 1024;
const tailBytes = 256;
const scratch = Buffer.allocUnsafeSlow(headBytes);

/** Fingerprints of a file's first bytes, and of those before an offset. */
export function fingerprints(file: number, offset: number): { readonly head: number; readonly tail: number } {
  return {
    head: hashOf(file, 0, Math.min(offset, headBytes)),
    tail: hashOf(file, Math.max(0, offset - tailBytes), Math.min(offset, tailBytes)),
  };
}

/** Whether a file still begins as it did when it was read up to its state's offset: then only the rest is new. */
export function isContinued(file: number, state: LogState): boolean {
  const { head, tail } = fingerprints(file, state.offset);
  return head === state.head && tail === state.tail;
}

function hashOf(file: number, from: number, length: number): number {
  const read = length === 0 ? 0 : readSync(file, scratch, 0, length, from);
  let hash = 0x811c9dc5 ^ read;
  for (let i = 0; i < read; i++) hash = Math.imul(hash ^ (scratch[i] as number), 0x01000193);
  return hash >>> 0;
}
