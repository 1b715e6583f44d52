import { parentPort } from 'node:worker_threads';
import type { ToDashboardThread } from '../../src/dashboard/protocol/thread.ts';

/** Answers with how it was configured, explains nothing at first, and ends where it is asked for a pull request or told to look. */
let zone = '';
let explained = false;

parentPort?.on('message', (message: ToDashboardThread) => {
  if (message.kind === 'configure') zone = message.settings.zone;
  if (message.kind === 'look') process.exit(3);
  if (message.kind !== 'question') return;
  const { id, question } = message;
  if (question.ask === 'pullRequest') process.exit(3);
  else if (question.ask === 'explain' && !explained) {
    explained = true;
    parentPort?.postMessage({ kind: 'failure', id, message: 'The ledger is locked.' });
  } else parentPort?.postMessage({ kind: 'answer', id, answer: zone });
});
