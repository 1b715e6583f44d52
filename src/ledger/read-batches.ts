import type { AnyReader } from '../readers/reader.ts';
import type { Batch, LogJob } from './batch.ts';
import type { FindProblem } from './find-logs.ts';
import { readJobs } from './read-jobs.ts';
import { type ReadPool, readPool } from './read-pool.ts';

/** Threads that read logs: the script that they run, and how many. */
export interface Threads {
  readonly script: string;
  readonly count: number;
}

/** Reads groups of logs, in threads or in this one, and hands on what was found as it comes. */
export async function* batchesOf(
  groups: readonly (readonly LogJob[])[],
  readers: readonly AnyReader[],
  workers: Threads | undefined,
  problem: (problem: FindProblem) => void,
): AsyncIterable<Batch> {
  if (workers === undefined) {
    for (const jobs of groups) {
      yield readJobs({ jobs }, readers);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return;
  }
  const pool = readPool(workers.script, workers.count);
  try {
    yield* inParallel(groups, pool, workers.count, readers, problem);
  } finally {
    pool.close();
  }
}

/** Keeps each thread one group ahead, and hands batches on as they come. */
async function* inParallel(
  groups: readonly (readonly LogJob[])[],
  pool: ReadPool,
  threads: number,
  readers: readonly AnyReader[],
  problem: (problem: FindProblem) => void,
): AsyncIterable<Batch> {
  const running = new Map<number, Promise<{ readonly id: number; readonly batch: Batch | undefined }>>();
  let next = 0;
  while (next < groups.length || running.size > 0) {
    while (next < groups.length && running.size < threads * 2) {
      const id = next++;
      const jobs = groups[id] ?? [];
      running.set(
        id,
        pool.read({ jobs }).then(
          (batch) => ({ id, batch }),
          (error: unknown) => {
            // Without threads reading is slower, but right all the same.
            if (!pool.works) return { id, batch: readJobs({ jobs }, readers) };
            for (const { tool, path } of jobs) problem({ tool, path, reason: String(error) });
            return { id, batch: undefined };
          },
        ),
      );
    }
    const { id, batch } = await Promise.race(running.values());
    running.delete(id);
    if (batch !== undefined) yield batch;
  }
}
