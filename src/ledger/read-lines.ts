import type { LineRow } from '../readers/line-row.ts';
import { pick } from '../readers/pick.ts';
import type { Finding, LineFormat, LogFile, RowEvent } from '../readers/reader.ts';
import { lineKernel } from './line-kernel.ts';
import { visitLines } from './lines.ts';
import type { Skipped } from './skipped.ts';

const openBrace = 123;
const objectStart = Buffer.from('{"');
/** So many places of a broken line are tried as the beginning of a whole object. */
const mostTries = 64;

/** What reading lines came to. */
export interface LinesRead {
  /** Behind the last whole line. */
  readonly offset: number;
  /** The carry there. */
  readonly carry: unknown;
}

/** Takes what lines say. */
export interface FoundSink {
  finding(finding: Finding): void;
  rowEvent(event: RowEvent): void;
}

/** Hands the lines of a log from an offset on to its reader. The last line counts even before its line feed is written. */
export function readLines(
  file: number,
  from: number,
  format: LineFormat<unknown>,
  carry: unknown,
  log: LogFile,
  found: FoundSink,
  skipped: Skipped,
): LinesRead {
  const { piece, picker } = lineKernel();
  const quick = picker(format.shape);
  const fields = format.row === undefined ? undefined : quick?.row(format.row.columns);

  function take(bytes: Buffer, start: number, end: number, at: number, held: unknown, whole: boolean): boolean {
    let next = start;
    if (at === 0 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) next += 3;
    for (;;) {
      while (next < end && (bytes[next] as number) <= 32) next++;
      if (next >= end) return true;
      if (format.plain === true) {
        const text = bytes.toString('utf8', start, end);
        hand(() => format.line(text.replace(/^\ufeff/, '').trimEnd(), held, log, at));
        return true;
      }
      const behind =
        bytes === piece && bytes[next] === openBrace ? lookQuickly(next, end, held, at - start + next) : -1;
      if (behind >= 0) {
        next = behind;
        continue;
      }
      const picked = bytes[next] === openBrace ? pick(bytes, next, end, format.shape) : undefined;
      if (picked === undefined) return whole && mend(bytes, next, end, at - start, held);
      const place = at - start + next;
      hand(() => format.line(picked.value, held, log, place));
      next = picked.end;
    }
  }

  /** The kernel's way to read an object: gives the place behind it, or -1 where it has none. */
  function lookQuickly(start: number, end: number, held: unknown, at: number): number {
    if (quick === undefined) return -1;
    const behind = quick.look(start, end);
    if (behind < 0) return -1;
    if (fields !== undefined && quick.isPlain() && takeRow(fields, held, at)) return behind;
    const value = quick.value();
    if (value === undefined) return -1;
    hand(() => format.line(value, held, log, at));
    return behind;
  }

  /** Hands on what the reader says of a row; false where it needs more than that. */
  function takeRow(row: LineRow, held: unknown, at: number): boolean {
    try {
      const event = format.row?.line(row, held, log, at);
      if (event === undefined) return false;
      found.rowEvent(event);
      return true;
    } catch {
      return false;
    }
  }

  /** Hands on what a reader says. A line that it stumbles over takes no other with it. */
  function hand(say: () => Iterable<Finding>): void {
    try {
      for (const finding of say()) found.finding(finding);
    } catch {
      skipped.add('line that is not as expected');
    }
  }

  /** A tool that was killed leaves half a line, and goes on behind it: what follows may be whole. */
  function mend(bytes: Buffer, from: number, end: number, base: number, held: unknown): boolean {
    let start = from;
    for (let tries = 0; tries < mostTries; tries++) {
      start = bytes.indexOf(objectStart, start + 1);
      if (start < 0 || start >= end) return false;
      const picked = pick(bytes, start, end, format.shape);
      if (picked === undefined || bytes.toString('latin1', picked.end, end).trim() !== '') continue;
      const place = base + start;
      hand(() => format.line(picked.value, held, log, place));
      return false;
    }
    return false;
  }

  const offset = visitLines(file, from, {
    needle: format.needle === undefined ? undefined : needleOf(format.needle),
    skips: format.skips,
    line(bytes, start, end, at) {
      if (!take(bytes, start, end, at, carry, true)) skipped.add('unreadable line');
    },
    tail(bytes, start, end, at) {
      take(bytes, start, end, at, JSON.parse(JSON.stringify(carry)), false);
    },
    tooLong() {
      skipped.add('line over 64 MB');
    },
  });
  return { offset, carry };
}

const needles = new Map<string, Buffer>();

function needleOf(text: string): Buffer {
  let needle = needles.get(text);
  if (needle === undefined) {
    needle = Buffer.from(text);
    needles.set(text, needle);
  }
  return needle;
}
