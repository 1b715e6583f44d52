import { parentPort } from 'node:worker_threads';
import { readers } from '../readers/index.ts';
import { answerRequests } from './read-thread.ts';

/** A thread that reads logs for a scan. */
if (parentPort !== null) answerRequests(parentPort, readers);
