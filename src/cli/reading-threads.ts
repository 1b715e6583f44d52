import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { dataDir } from '../ledger/machine.ts';
import type { Threads } from '../ledger/read-batches.ts';
import { type ReadPool, readPool } from '../ledger/read-pool.ts';
import type { Machine } from '../readers/reader.ts';

let started: ReadPool | undefined;

/**
 * Starts the threads beside this one where there is no ledger yet, so that there will be much to read: a thread takes longer to
 * start than the command takes to load. `endThreads` must follow.
 */
export function startThreads(machine: Machine): void {
  if (existsSync(`${dataDir(machine)}/ledger.db`)) return;
  const threads = threadsBeside();
  if (threads !== undefined) started = readPool(threads.script, threads.count - 1);
}

/** Ends those that were started. */
export function endThreads(): void {
  started?.close();
  started = undefined;
}

/** The worker's script lies beside the bundled command; unbundled, logs are read in this thread: undefined. */
export function threadsBeside(): Threads | undefined {
  if (typeof __dirname === 'undefined') return undefined;
  const script = join(__dirname, 'read-worker.js');
  const count = Math.min(8, availableParallelism());
  return count < 2 || !existsSync(script) ? undefined : { script, count, started };
}
