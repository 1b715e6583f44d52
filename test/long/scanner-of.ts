import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ScannerAnswer, ScannerQuestion, ScannerReply } from '../../src/ledger/scanner-protocol.ts';

type AnswerTo<Question extends ScannerQuestion> = Extract<ScannerAnswer, { readonly ask: Question['ask'] }>;

/** The built scanner thread, as an editor's window starts it, for another home folder. */
export interface ScannerOf {
  ask<Question extends ScannerQuestion>(question: Question): Promise<AnswerTo<Question>>;
  close(): Promise<void>;
}

export function startScanner(home: string): ScannerOf {
  const worker = new Worker(join(import.meta.dirname, '../../dist/scanner.js'), {
    workerData: { home },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  const waiting = new Map<number, { resolve(answer: ScannerAnswer): void; reject(error: Error): void }>();
  let nextId = 1;
  worker.on('message', (reply: ScannerReply) => {
    if (reply.kind === 'progress') return;
    if (reply.kind === 'answer') waiting.get(reply.id)?.resolve(reply.answer);
    else waiting.get(reply.id)?.reject(new Error(reply.message));
    waiting.delete(reply.id);
  });
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error as Error);
  });
  const ask = async <Question extends ScannerQuestion>(question: Question): Promise<AnswerTo<Question>> => {
    const id = nextId++;
    const answer = new Promise<ScannerAnswer>((resolve, reject) => waiting.set(id, { resolve, reject }));
    worker.postMessage({ id, question });
    return (await answer) as AnswerTo<Question>;
  };
  return {
    ask,
    async close() {
      await ask({ ask: 'close' });
      await worker.terminate();
    },
  };
}
