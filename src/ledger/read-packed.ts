import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';

const mostBytes = 256 * 1024 * 1024;

/** Whether a log of lines was compressed when its tool was done with it. */
export function isPacked(path: string): boolean {
  return path.endsWith('.zst');
}

/** Hands over what a compressed log holds, as an open file that is gone afterwards. Throws where the log is cut or too large. */
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
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    throw new Error('it cannot be unpacked', { cause: error });
  }
}
