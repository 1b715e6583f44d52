import type { DatabaseSync } from 'node:sqlite';
import { loadPrices } from '../pricing/price-list.ts';
import type { AnyReader, Machine } from '../readers/reader.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { type FindProblem, findLogs, findLogsAt } from './find-logs.ts';
import type { Ledger } from './ledger.ts';
import { inWords, isDamage, LedgerError } from './ledger-error.ts';
import { logTable } from './log-table.ts';
import { adoptPrices, maintain } from './maintenance.ts';
import { groupsOf, type PlannedLog, planReading } from './plan.ts';
import { batchesOf, type Threads } from './read-batches.ts';
import { takeScanLock } from './scan-lock.ts';
import { sparing } from './sparing.ts';
import { inTransaction } from './transaction.ts';
import { type Writer, writer } from './writer.ts';

/** How far a scan has come. */
export interface ScanProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
}

export interface ScanOptions {
  /**
   * Threads that read, by the path of their script, for a process that only scans; without them logs are read in this thread,
   * newest first.
   */
  readonly workers?: Threads | undefined;
  /** Only these files, absolute: what a watcher saw change. */
  readonly paths?: readonly string[] | undefined;
  /** How long to wait for another scanner to end; default not at all. */
  readonly waitMs?: number | undefined;
  readonly onProgress?: ((progress: ScanProgress) => void) | undefined;
  /** The clock; default the machine's. */
  readonly now?: (() => number) | undefined;
}

export interface ScanReport {
  /** Logs found, and those of them that had something new. */
  readonly files: number;
  readonly filesRead: number;
  readonly bytesRead: number;
  /** Requests that are new or better known. */
  readonly events: number;
  readonly problems: readonly { readonly tool: ToolId; readonly path: string; readonly reason: string }[];
  /** Another scanner is at it; the ledger is being brought up to date by that one. */
  readonly busy: boolean;
}

/**
 * Written together, so that little is lost when the process is killed, and others see the count grow. Fewer would be written
 * more often into the same pages; more would leave a longer end, when all is read and but one thread has work.
 */
const mostPending = 20_000;
const flushMs = 700;
/** Writing a request takes as long as another thread takes to read so much. */
const bytesARequest = 4096;
const fewestPending = 1000;
/** Smaller work is done sooner than a thread starts. */
const worthAThread = 8 * 1024 * 1024;

/**
 * Reads what is new in all logs into the ledger. One scanner works at a time; a damaged ledger is replaced and filled anew.
 * Throws a `LedgerError` where the ledger cannot be written: then it is as it was, and the next scan goes on from there.
 */
export async function scan(
  ledger: Ledger,
  machine: Machine,
  readers: readonly AnyReader[],
  options: ScanOptions = {},
): Promise<ScanReport> {
  const lock = ledger.file === '' ? undefined : takeScanLock(ledger.dir, options.waitMs ?? 0);
  if (lock === undefined && ledger.file !== '') {
    return { files: 0, filesRead: 0, bytesRead: 0, events: 0, problems: [], busy: true };
  }
  try {
    return await scanAlone(ledger, machine, readers, options);
  } catch (error) {
    if (!isDamage(error) || ledger.file === '') throw asLedgerError(ledger, error);
  } finally {
    lock?.release();
  }
  ledger.replaceDamaged();
  return await scan(ledger, machine, readers, { ...options, paths: undefined });
}

function asLedgerError(ledger: Ledger, error: unknown): unknown {
  if ((error as { readonly errcode?: unknown }).errcode === undefined) return error;
  return new LedgerError(`The ledger ${ledger.file} could not be written: ${inWords(error)}. What it held is kept.`, {
    cause: error,
  });
}

async function scanAlone(
  ledger: Ledger,
  machine: Machine,
  readers: readonly AnyReader[],
  { paths, workers, onProgress, now = Date.now }: ScanOptions,
): Promise<ScanReport> {
  const { database } = ledger;
  const problems: FindProblem[] = [];
  const problem = (found: FindProblem): void => void problems.push(found);
  const found =
    paths === undefined ? findLogs(machine, readers, problem) : findLogsAt(machine, readers, paths, problem);
  const table = logTable(database);
  const known = table.of(found);
  const planned = inOrder(planReading(found, known, table, readers), workers !== undefined);
  const isNew = known.length === 0 && isEmpty(database);
  const bytes = planned.reduce((sum, { newBytes }) => sum + newBytes, 0);
  let bytesRead = 0;
  let events = 0;

  async function read(threads: Threads | undefined): Promise<void> {
    const groups = inTransaction(database, () => groupsOf(planned, table));
    const paths = new Map(groups.flat().map(({ log, tool, path }) => [log, { tool, path }]));
    let target: Writer | undefined;
    let flushIfDue = (): number => 0;
    const progress = progressOf(planned, onProgress);
    // Else much would be left to write when the last thread is done, and others have nothing to do.
    const idle = (): void => {
      if (target !== undefined && target.pending >= fewestPending) events += target.flush();
    };
    for await (const batch of batchesOf(groups, readers, threads, problem, idle)) {
      for (const { log, bytesRead: read, problem: reason } of batch.outcomes) {
        bytesRead += read;
        const place = paths.get(log);
        if (reason !== undefined && place !== undefined) problem({ ...place, reason });
      }
      if (target === undefined) {
        // By now other threads have begun to read.
        target = writer(ledger, await loadPrices(), now, (outcome) => table.save(outcome));
        flushIfDue = flusher(target, () => (threads === undefined ? Number.POSITIVE_INFINITY : bytes - bytesRead));
      }
      target.take(batch);
      events += flushIfDue();
      progress(
        batch.outcomes.length,
        batch.outcomes.reduce((sum, outcome) => sum + outcome.bytesRead, 0),
      );
    }
    events += target?.flush() ?? 0;
  }

  if (planned.length > 0) {
    adoptPrices(ledger);
    if (workers === undefined || bytes < worthAThread) await read(undefined);
    else await sparing(bytes, () => rarelyCopied(database, isNew, () => read(workers)));
  }
  events += await maintain(ledger, readers, now());
  return { files: found.length, filesRead: planned.length, bytesRead, events, problems, busy: false };
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM event LIMIT 1').get() === undefined;
}

/** Pages that may wait beside the ledger's file, and SQLite's own number of them: 32 MB and 4 MB. */
const mostPagesWaiting = 8000;
const pagesWaiting = 1000;

/**
 * Runs work that writes much: the file's pages change again and again, and each time that they are copied into it the disk is
 * waited for. A new ledger does not wait for it at all: what it holds stands in the logs that were just read, so that a machine
 * which loses its power within the next seconds costs no more than reading them again.
 */
async function rarelyCopied(database: DatabaseSync, isNew: boolean, work: () => Promise<void>): Promise<void> {
  database.exec(`PRAGMA wal_autocheckpoint = ${mostPagesWaiting}`);
  if (isNew) database.exec('PRAGMA synchronous = OFF');
  try {
    await work();
    if (isNew) copyWaiting(database);
  } finally {
    if (database.isOpen) database.exec(`PRAGMA wal_autocheckpoint = ${pagesWaiting}; PRAGMA synchronous = NORMAL`);
  }
}

/** What cannot be copied now is copied when the ledger is closed, or opened again. */
function copyWaiting(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA wal_checkpoint');
  } catch {
    // The disk is full, say: all is kept beside the file.
  }
}

/** Threads are kept busy to the end when large logs come first; a person sees today's figures soonest when new ones do. */
function inOrder(planned: readonly PlannedLog[], parallel: boolean): readonly PlannedLog[] {
  return planned.toSorted((a, b) => (parallel ? b.newBytes - a.newBytes : b.found.mtimeMs - a.found.mtimeMs));
}

/** Milliseconds that this process runs. V8's flags being changed, the module of `performance` would have to be compiled anew. */
const uptime = (): number => process.uptime() * 1000;

/**
 * Writes what was taken in when it is much, or when the last writing is a while ago; and when as much work is left to other
 * threads (in bytes), so that all are done together.
 */
function flusher(target: Writer, bytesLeft: () => number): () => number {
  let last = 0;
  return () => {
    const { pending } = target;
    const lastHalf = pending >= fewestPending && pending * bytesARequest >= bytesLeft();
    if (pending < mostPending && uptime() - last < flushMs && !lastHalf) return 0;
    const events = target.flush();
    last = uptime();
    return events;
  };
}

function progressOf(
  planned: readonly PlannedLog[],
  report: ((progress: ScanProgress) => void) | undefined,
): (files: number, bytes: number) => void {
  const bytes = planned.reduce((sum, { newBytes }) => sum + newBytes, 0);
  let filesDone = 0;
  let bytesDone = 0;
  return (files, read) => {
    filesDone += files;
    bytesDone = Math.min(bytes, bytesDone + read);
    report?.({ files: planned.length, filesDone, bytes, bytesDone });
  };
}
