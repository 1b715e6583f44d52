import { parentPort } from 'node:worker_threads';
import { answerRequests } from '../../src/ledger/read-thread.ts';
import { upgradedReaders } from './upgraded-readers.ts';

/** The thread that reads logs, with readers of a later version. */
if (parentPort !== null) answerRequests(parentPort, upgradedReaders);
