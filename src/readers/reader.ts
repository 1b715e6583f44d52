import type { LimitReading } from '../usage/limit-reading.ts';
import type { ToolId } from '../usage/tool-id.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import type { Json } from './json.ts';
import type { LineRow } from './line-row.ts';
import type { Shape } from './pick.ts';

/** The machine as a reader sees it; tests pass a fixture folder. */
export interface Machine {
  /** The home folder, absolute. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Environment overrides; empty when another home than the user's own is read. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A folder that may hold logs of a tool. A folder that is missing is normal. */
export interface LogPlace {
  /** Absolute. */
  readonly dir: string;
  /** Matches the path below `dir`, always with forward slashes. */
  readonly files: RegExp;
  /** How those files are read. */
  readonly kind: LogKind;
  /** Folders below `dir` that deep are searched; default 12. */
  readonly depth?: number;
  /** Matches the paths below `dir` of the folders that are worth searching; without it all are. */
  readonly enter?: RegExp;
}

export type LogKind = 'lines' | 'document' | 'database';

/** One log file, with a way to the files beside it (project names, parts of a message). */
export interface LogFile {
  /** Absolute, with forward slashes. */
  readonly path: string;
  /** Below its place's `dir`, with forward slashes. */
  readonly relativePath: string;
  /** The folder of its place, absolute, with forward slashes. */
  readonly dir: string;
  /**
   * When it was last written, its write-ahead log included, epoch milliseconds. For sums of a session that grew since they
   * were read last: the difference belongs to the day on which it was seen (`session-totals.ts`).
   */
  readonly modified: number;
  /** The text of another file, absolute path; undefined where it is missing, unreadable or over 4 MB. */
  read(path: string): string | undefined;
  /** The names in another folder, sorted; empty where it is missing. */
  list(path: string): readonly string[];
}

/** What a reader finds in a log. */
export type Finding = UsageEvent | LimitReading;

/**
 * Append-only JSON lines. The ledger keeps the carry between readings, as JSON, so that only appended lines are read.
 * It may hand over the last, unfinished line with a copy of the carry, and again when it is whole.
 */
export interface LineFormat<Carry> {
  /** Bytes that every line of interest holds: all others are never parsed. Long is fast: `"input_tokens"`. */
  readonly needle?: string;
  /** Tells by the first 256 bytes of a line (as Latin-1) that it holds nothing of interest. Only used without a needle. */
  readonly skips?: (head: string) => boolean;
  /** The log is plain text and no JSON: a line is handed over as a string, without the white space at its end. */
  readonly plain?: boolean;
  /** The fields that `line` looks at; nothing else of a line is parsed. */
  readonly shape: Shape;
  /** The carry at the start of a log: plain JSON. */
  start(log: LogFile): Carry;
  /** What one object on a line says. It may change the carry in place. `at` is its byte offset in the log. */
  line(value: Json, carry: Carry, log: LogFile, at: number): Iterable<Finding>;
  /** A quicker way for most lines, where that is worth saying twice how they are understood. */
  readonly row?: RowFormat<Carry>;
}

/** Paths of fields in a shape. */
export type Columns = readonly (readonly string[])[];

/** The quick way to understand lines: no object is made of them. For Claude Code it takes a fifth off a first scan's work. */
export interface RowFormat<Carry> {
  readonly columns: Columns;
  /** The one request that `line` tells of the line; undefined where only that can tell. */
  line(row: LineRow, carry: Carry, log: LogFile, at: number): RowEvent | undefined;
}

/** A request without its key's text: `keyHash` of the ledger is in its place. */
export interface RowEvent extends Omit<UsageEvent, 'key'> {
  readonly hash: number;
}

/**
 * A JSON file that is rewritten whole. The carry tells what the previous version of the file said. `before` is the carry
 * that another version of the reader left, for what no log tells again: it is doubted like a log.
 */
export interface DocumentFormat<Carry> {
  readonly shape: Shape;
  start(log: LogFile, before?: Json): Carry;
  document(value: Json, carry: Carry, log: LogFile): Iterable<Finding>;
}

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, string | number | Uint8Array | null>>;

/** A database opened for reading, its write-ahead log included. */
export interface ReadOnlyDatabase {
  /** The columns of a table; empty where there is no such table. */
  columns(table: string): readonly string[];
  rows(sql: string, ...parameters: readonly (string | number | null)[]): Iterable<Row>;
  /** What zstd has compressed; undefined where it is something else, or over 256 MB. */
  unpacked(bytes: Uint8Array): Uint8Array | undefined;
}

/**
 * An SQLite database. The carry holds the cursor: what was read before is not read again. `before` is as with a document.
 * Only what is needed is selected, by key or from a cursor on: some databases are larger than the memory.
 */
export interface DatabaseFormat<Carry> {
  start(log: LogFile, before?: Json): Carry;
  rows(database: ReadOnlyDatabase, carry: Carry, log: LogFile): Iterable<Finding>;
}

/**
 * What the understanding of a tool's logs rests on: logs that the tool wrote; public source, of the tool itself or of several
 * programs that read its logs and agree; or neither. What is unverified is read only where a person asks for it, and never
 * leaves the machine.
 */
export type Evidence = 'log' | 'source' | 'unverified';

/**
 * How to find and understand the local logs of one AI tool. Pure: no disk, no clock. It never sums or
 * de-duplicates: records of one request that several logs tell share a key, and the one of the highest rank is right.
 * A source that knows better what another source told under other keys takes those back (`taken-back.ts`).
 */
export interface Reader<Lines = never, Document = never, Database = never> {
  readonly id: ToolId;
  /** Name shown to people: `Claude Code`. */
  readonly title: string;
  /** Raised when the same log would give other findings than before. */
  readonly version: number;
  readonly evidence: Evidence;
  /** A sentence for people: whether its counts are exact, and what is not in its logs. */
  readonly note: string;
  /** Where its logs may be. `read` gives the text of a file that lists further places, absolute path, where the disk may be asked. */
  logs(machine: Machine, read?: (path: string) => string | undefined): readonly LogPlace[];
  readonly lines?: LineFormat<Lines>;
  readonly document?: DocumentFormat<Document>;
  readonly database?: DatabaseFormat<Database>;
}

/** A reader whose carries only it understands. */
export type AnyReader = Reader<unknown, unknown, unknown>;

/** Forgets the types of a reader's carries: each carry comes back only to the reader that made it. */
export function reader<Lines, Document, Database>(typed: Reader<Lines, Document, Database>): AnyReader {
  return typed as unknown as AnyReader;
}
