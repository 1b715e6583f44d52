import { closeSync, fstatSync, readFileSync, type Stats, statSync } from 'node:fs';
import type { Json } from '../readers/json.ts';
import { pick } from '../readers/pick.ts';
import type { AnyReader } from '../readers/reader.ts';
import type { FindingSink, LogJob, LogOutcome, LogState } from './batch.ts';
import { isMissing, reasonOf } from './find-logs.ts';
import { fingerprints, isContinued } from './fingerprint.ts';
import type { CompanionFiles } from './log-file.ts';
import { openLog } from './open-log.ts';
import { type FoundSink, readLines } from './read-lines.ts';
import { databaseStats, openReadOnly } from './read-only-database.ts';
import { isPacked, withUnpacked } from './read-packed.ts';
import { type Skipped, skippedCounter } from './skipped.ts';

const largestDocument = 256 * 1024 * 1024;
/** A log may grow while it is read; after so many rounds the rest waits for the next reading. */
const mostRounds = 4;

/** Reads what is new in a log. Never throws: what goes wrong is the outcome's problem. */
export function readLog(job: LogJob, reader: AnyReader, companions: CompanionFiles, sink: FindingSink): LogOutcome {
  const skipped = skippedCounter();
  const { tool, log: number } = job;
  const { version } = reader;
  const absurd = (): void => skipped.add('absurd count or date');
  const found: FoundSink = {
    finding(finding) {
      if (finding.kind === 'limit') sink.addLimit(finding, tool);
      else if (!sink.add(finding, tool, number, version)) absurd();
    },
    rowEvent(event) {
      if (!sink.addHashed(event, event.hash, tool, number, version)) absurd();
    },
  };
  try {
    const log = companions(job.path, job.relativePath, job.dir);
    const known = job.state?.version === reader.version ? job.state : undefined;
    const read = { lines: readLineLog, document: readDocument, database: readDatabase }[job.kind];
    const { problem, ...reading } = read(job, known, reader, log, found, skipped);
    return { log: job.log, ...reading, skipped: skipped.counts, problem };
  } catch (error) {
    // A log that was deleted since it was found is no problem.
    const problem = isMissing(error) ? undefined : reasonOf(error);
    return { log: job.log, state: undefined, fromStart: false, bytesRead: 0, skipped: skipped.counts, problem };
  }
}

interface Reading {
  readonly state: LogState;
  readonly fromStart: boolean;
  readonly bytesRead: number;
  readonly problem?: string;
}

type ReadKind = (
  job: LogJob,
  known: LogState | undefined,
  reader: AnyReader,
  log: ReturnType<CompanionFiles>,
  found: FoundSink,
  skipped: Skipped,
) => Reading;

const readLineLog: ReadKind = (job, known, reader, log, found, skipped) => {
  const format = wanted(reader.lines, job);
  const file = openLog(job.path);
  try {
    let stats = fstatSync(file);
    if (isPacked(job.path)) {
      const read = (open: number) => readLines(open, 0, format, format.start(log), log, found, skipped);
      const { carry } = withUnpacked(file, read);
      const state = stateOf(stats, stats.size, { head: 0, tail: 0 }, carry, reader.version);
      return { state, fromStart: true, bytesRead: stats.size };
    }
    const grown = known !== undefined && stats.size > known.size && stats.size > known.offset;
    const continued = grown && isContinued(file, known);
    let offset = continued ? known.offset : 0;
    let carry: unknown = continued ? JSON.parse(known.carry) : format.start(log);
    const from = offset;
    let settled = false;
    for (let round = 0; round < mostRounds && !settled; round++) {
      ({ offset, carry } = readLines(file, offset, format, carry, log, found, skipped));
      const after = fstatSync(file);
      settled = after.size === stats.size && after.mtimeMs === stats.mtimeMs;
      stats = after;
    }
    // A time that no file has makes the next scan read on.
    const seen = { size: stats.size, mtimeMs: settled ? stats.mtimeMs : 0, ino: stats.ino };
    const state = stateOf(seen, offset, fingerprints(file, offset), carry, reader.version);
    return { state, fromStart: !continued, bytesRead: Math.max(0, stats.size - from) };
  } finally {
    closeSync(file);
  }
};

const readDocument: ReadKind = (job, known, reader, log, found) => {
  const format = wanted(reader.document, job);
  const { stats, bytes } = readWhole(job.path);
  const carry = known === undefined ? format.start(log, carryBefore(job)) : JSON.parse(known.carry);
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const picked = pick(bytes, start, bytes.length, format.shape);
  if (picked !== undefined) for (const finding of format.document(picked.value, carry, log)) found.finding(finding);
  const state = stateOf(stats, stats.size, { head: 0, tail: 0 }, carry, reader.version);
  const reading = { state, fromStart: true, bytesRead: bytes.length };
  // Once it is whole its time has changed, and it is read again.
  return picked === undefined ? { ...reading, problem: 'the file is not complete JSON' } : reading;
};

/** A file's bytes, and what it was just before: if it changes meanwhile, it is read again. */
function readWhole(path: string): { readonly stats: Stats; readonly bytes: Buffer } {
  const file = openLog(path);
  try {
    const stats = fstatSync(file);
    if (stats.size > largestDocument) throw new Error(`the file is larger than ${largestDocument / 2 ** 20} MB`);
    return { stats, bytes: readFileSync(file) };
  } finally {
    closeSync(file);
  }
}

const readDatabase: ReadKind = (job, known, reader, log, found) => {
  const format = wanted(reader.database, job);
  const stats = databaseStats(job.path, statSync(job.path));
  const carry = known === undefined ? format.start(log, carryBefore(job)) : JSON.parse(known.carry);
  const database = openReadOnly(job.path);
  try {
    for (const finding of format.rows(database, carry, log)) found.finding(finding);
  } finally {
    database.close();
  }
  const state = stateOf(stats, 0, { head: 0, tail: 0 }, carry, reader.version);
  return { state, fromStart: known === undefined, bytesRead: Math.max(0, stats.size - (known?.size ?? 0)) };
};

/** What another version of the reader left. */
function carryBefore({ state }: LogJob): Json | undefined {
  return state === undefined ? undefined : (JSON.parse(state.carry) as Json);
}

function stateOf(
  { size, mtimeMs, ino }: Pick<Stats, 'size' | 'mtimeMs' | 'ino'>,
  offset: number,
  { head, tail }: { readonly head: number; readonly tail: number },
  carry: unknown,
  version: number,
): LogState {
  return { size, mtimeMs, inode: ino, offset, head, tail, carry: JSON.stringify(carry), version };
}

function wanted<Format>(format: Format | undefined, job: LogJob): Format {
  if (format === undefined) throw new Error(`no reader for ${job.kind} of ${job.tool}`);
  return format;
}
