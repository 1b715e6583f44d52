import { parentPort } from 'node:worker_threads';
import type { ReadRequest } from '../../src/ledger/batch.ts';
import { readJobs } from '../../src/ledger/read-jobs.ts';
import { upgradedReaders } from './upgraded-readers.ts';

/** The thread that reads logs, with readers of a later version. */
parentPort?.on('message', (request: ReadRequest) => parentPort?.postMessage(readJobs(request, upgradedReaders)));
