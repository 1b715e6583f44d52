import { parentPort } from 'node:worker_threads';
import { readers } from '../readers/index.ts';
import { answerRequests } from './read-thread.ts';

if (parentPort !== null) answerRequests(parentPort, readers);
