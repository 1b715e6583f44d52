import { parentPort } from 'node:worker_threads';
import { readers } from '../readers/index.ts';
import type { ReadRequest } from './batch.ts';
import { readJobs } from './read-jobs.ts';

/** A thread that reads logs: it is asked with a `ReadRequest`, and answers with a `Batch` whose rows it hands over. */
parentPort?.on('message', (request: ReadRequest) => {
  const batch = readJobs(request, readers);
  parentPort?.postMessage(batch, [batch.records.data.buffer as ArrayBuffer]);
});
