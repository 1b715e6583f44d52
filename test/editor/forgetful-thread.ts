import { parentPort } from 'node:worker_threads';
import type { ScannerQuestion } from '../../src/ledger/scanner-protocol.ts';

/** Names as projects the folders that it was configured with, and ends where it is asked for a survey. */
let folders: readonly string[] = [];

parentPort?.on('message', ({ id, question }: { readonly id: number; readonly question: ScannerQuestion }) => {
  if (question.ask === 'survey') process.exit(3);
  if (question.ask === 'configure') folders = question.settings.folders;
  const { ask } = question;
  const answer = ask === 'configure' ? { ask, places: [], tools: [] } : { ask, projects: folders };
  parentPort?.postMessage({ kind: 'answer', id, answer });
});
