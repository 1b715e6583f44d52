import type { AnyReader } from '../readers/reader.ts';
import { type Batch, batchBuilder, type LogJob, type LogOutcome } from './batch.ts';
import { companionFiles } from './log-file.ts';
import { readLog } from './read-log.ts';

/**
 * Reads what is new in some logs. Never throws; a log that cannot be read is a problem in the batch. Who reads one after the
 * other hands over the same builder: what it keeps beside the batches is then asked of the system once.
 */
export function readJobs(jobs: readonly LogJob[], readers: readonly AnyReader[], batch = batchBuilder()): Batch {
  batch.clear();
  const companions = companionFiles();
  const outcomes: LogOutcome[] = [];
  for (const job of jobs) {
    const reader = readers.find(({ id }) => id === job.tool);
    if (reader !== undefined) outcomes.push(readLog(job, reader, companions, batch));
  }
  return batch.finish(outcomes);
}
