import { readSync } from 'node:fs';
import { type LineKernel, lineKernel } from './line-kernel.ts';

/** Looks at lines as they stand in a buffer; `at` is the offset in the file of the byte at `start`. */
export interface LineVisitor {
  /** Bytes that every line of interest holds. */
  readonly needle: Buffer | undefined;
  /** Tells by a line's first bytes that it is of no interest. */
  readonly skips: ((head: string) => boolean) | undefined;
  line(bytes: Buffer, start: number, end: number, at: number): void;
  /** The last line, which has no line feed yet. */
  tail(bytes: Buffer, start: number, end: number, at: number): void;
  tooLong(): void;
}

const newline = 10;
const headBytes = 256;
/** A longer line is passed over, so that memory stays bounded. */
const longestLine = 64 * 1024 * 1024;

/** Shows the lines of interest from an offset on, and gives the offset behind the last line feed. */
export function visitLines(file: number, from: number, visitor: LineVisitor): number {
  const kernel = lineKernel();
  // One buffer a thread, reused for all files.
  const { piece } = kernel;
  let base = from;
  let filled = 0;
  for (;;) {
    const read = readSync(file, piece, filled, piece.length - filled, base + filled);
    if (read === 0) {
      if (filled > 0) visitor.tail(piece, 0, filled, base);
      return base;
    }
    filled += read;
    const behindLast = piece.lastIndexOf(newline, filled - 1) + 1;
    if (behindLast > 0) {
      visitWhole(kernel, behindLast, base, visitor);
      piece.copyWithin(0, behindLast, filled);
      base += behindLast;
      filled -= behindLast;
    } else if (filled === piece.length) {
      const end = visitLongLine(file, piece, base, visitor);
      if (end === undefined) return base;
      base = end;
      filled = 0;
    }
  }
}

function visitWhole(kernel: LineKernel, until: number, base: number, visitor: LineVisitor): void {
  const { needle, skips } = visitor;
  const { piece } = kernel;
  for (let from = 0; from < until && kernel.nextLine(from, until, needle); ) {
    const start = kernel.lineStart;
    const end = kernel.lineEnd;
    if (skips === undefined || !skips(headOf(piece, start, end))) visitor.line(piece, start, end, base + start);
    from = end + 1;
  }
}

function headOf(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, Math.min(end, start + headBytes));
}

/** A line that does not fit into a piece is looked for its end first. Gives the offset behind it, or nothing at the file's end. */
function visitLongLine(file: number, piece: Buffer, base: number, visitor: LineVisitor): number | undefined {
  const pieceBytes = piece.length;
  const { needle, skips } = visitor;
  let wanted = needle === undefined ? !skips?.(headOf(piece, 0, pieceBytes)) : piece.includes(needle);
  const overlap = needle === undefined ? 0 : needle.length - 1;
  let held = pieceBytes;
  let position = base + pieceBytes;
  let ended = false;
  while (!ended) {
    piece.copyWithin(0, held - overlap, held);
    const read = readSync(file, piece, overlap, pieceBytes - overlap, position);
    if (read === 0) break;
    held = overlap + read;
    const end = piece.subarray(0, held).indexOf(newline);
    ended = end >= 0;
    if (!wanted && needle !== undefined) wanted = piece.subarray(0, ended ? end : held).includes(needle);
    position += ended ? end - overlap + 1 : read;
  }
  const length = position - base - (ended ? 1 : 0);
  if (wanted && length > longestLine) visitor.tooLong();
  else if (wanted) {
    const line = Buffer.allocUnsafe(length);
    const whole = readFully(file, line, base);
    if (ended) visitor.line(line, 0, whole, base);
    else visitor.tail(line, 0, whole, base);
  }
  return ended ? position : undefined;
}

/** Fills a buffer from an offset on, as far as the file reaches. */
function readFully(file: number, into: Buffer, from: number): number {
  let filled = 0;
  while (filled < into.length) {
    const read = readSync(file, into, filled, into.length - filled, from + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
