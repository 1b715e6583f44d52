import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzstd } from './unzstd.ts';

const mostBytes = 256 * 1024 * 1024;

/** Whether a log of lines is compressed: when its tool was done with it, or piece by piece while it is written. */
export function isPacked(path: string): boolean {
  return /\.zstd?$/.test(path);
}

/**
 * Hands over what a compressed log holds, as an open file that is gone afterwards. A last piece that is still being written
 * is left out. Throws where not even the first one is whole, or all is too large.
 */
export function withUnpacked<Result>(packed: number, work: (file: number) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-'));
  try {
    const path = join(folder, 'log');
    writeFileSync(path, unpacked(readFileSync(packed)), { mode: 0o600 });
    const file = openSync(path, 'r');
    try {
      return work(file);
    } finally {
      closeSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unpacked(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let size = 0;
  for (let start = 0; start < bytes.length; ) {
    const piece = firstPiece(bytes.subarray(start), mostBytes - size);
    if (piece === undefined && pieces.length > 0) break;
    if (piece === undefined) throw new Error('it cannot be unpacked');
    pieces.push(piece.bytes);
    size += piece.bytes.length;
    start += piece.packed;
  }
  return Buffer.concat(pieces);
}

/** What the first of several pieces holds, and its length as it is; undefined where it is cut or none. */
function firstPiece(bytes: Buffer, mostBytes: number): { readonly bytes: Buffer; readonly packed: number } | undefined {
  try {
    // The types know nothing of `info`.
    const told: unknown = unzstd(bytes, { maxOutputLength: Math.max(1, mostBytes), info: true });
    const { buffer, engine } = told as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
    return engine.bytesWritten > 0 ? { bytes: buffer, packed: engine.bytesWritten } : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw new Error('it is too large to be unpacked', { cause: error });
  }
}
