import { parentPort, workerData } from 'node:worker_threads';
import { startEngine } from './engine.ts';
import type { TeamThreadData, ToTeamThread } from './thread-protocol.ts';

/** The thread of team sharing: its disk, its sums and its requests never hold up the extension host. */
const engine = startEngine(workerData as TeamThreadData, (message) => parentPort?.postMessage(message));
parentPort?.on('message', (message: ToTeamThread) => engine.take(message));
