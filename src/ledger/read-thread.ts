import type { MessagePort } from 'node:worker_threads';
import type { AnyReader } from '../readers/reader.ts';
import { type Batch, batchBuilder, type ReadRequest } from './batch.ts';
import { useKernelModule } from './line-kernel.ts';
import { readJobs } from './read-jobs.ts';

/** A group of logs as a thread has read it. */
export interface ReadGroup {
  /** Its place among the request's groups. */
  readonly index: number;
  readonly batch: Batch;
}

/** Places in `ReadRequest.turns`. */
const next = 0;
const waiting = 1;
/** So many batches may wait to be written: a thread that is faster than the disk must not fill the memory. */
const mostWaiting = 32;

/** Numbers that all threads of a reading share. */
export function newTurns(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** The index of the next group, which no other thread gets; undefined when all are taken. */
export function takeTurn({ turns, groups }: ReadRequest): number | undefined {
  const index = Atomics.add(turns, next, 1);
  return index < groups.length ? index : undefined;
}

/** Tells the threads that a batch of theirs no longer waits. */
export function noteTaken({ turns }: ReadRequest): void {
  Atomics.sub(turns, waiting, 1);
  Atomics.notify(turns, waiting);
}

/** What a thread that reads does: it answers a `ReadRequest` with the groups that it gets to read, whose rows it hands over. */
export function answerRequests(port: MessagePort, readers: readonly AnyReader[]): void {
  port.on('message', (request: ReadRequest) => {
    useKernelModule(request.kernel);
    const builder = batchBuilder();
    for (let index = takeTurn(request); index !== undefined; index = takeTurn(request)) {
      const batch = readJobs(request.groups[index] ?? [], readers, builder);
      const before = Atomics.add(request.turns, waiting, 1);
      port.postMessage({ index, batch } satisfies ReadGroup, [batch.records.data.buffer as ArrayBuffer]);
      for (let there = before + 1; there > mostWaiting; there = Atomics.load(request.turns, waiting)) {
        Atomics.wait(request.turns, waiting, there);
      }
    }
  });
}
