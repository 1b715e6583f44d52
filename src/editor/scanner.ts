import { Worker } from 'node:worker_threads';
import type { Disposable } from 'vscode';
import type { ScanProgress } from '../ledger/scan.ts';
import type { ScannerAnswer, ScannerQuestion, ScannerReply } from '../ledger/scanner-protocol.ts';
import { openQuestions } from './open-questions.ts';

/** What answers a question. */
export type ScannerAnswerTo<Question extends ScannerQuestion> = Extract<
  ScannerAnswer,
  { readonly ask: Question['ask'] }
>;

/** The scanner thread, as the extension host sees it: every question is a promise, and none blocks. */
export class Scanner implements Disposable {
  private readonly questions = openQuestions<ScannerAnswer>();
  private readonly script: string;
  private readonly onProgress: (progress: ScanProgress) => void;
  private worker: Worker | undefined;
  /** What a thread that takes the place of a lost one is told first. */
  private configuration: ScannerQuestion | undefined;
  private disposed = false;

  constructor(script: string, onProgress: (progress: ScanProgress) => void) {
    this.script = script;
    this.onProgress = onProgress;
  }

  /** Rejects with a sentence for people where the thread could not answer; the next question starts a new thread if need be. */
  async ask<Question extends ScannerQuestion>(question: Question): Promise<ScannerAnswerTo<Question>> {
    if (this.disposed) throw new Error('Tokenboard is closing');
    this.worker ??= this.start();
    if (question.ask === 'configure') this.configuration = question;
    const { id, answer } = this.questions.open();
    this.worker.postMessage({ id, question });
    return (await answer) as ScannerAnswerTo<Question>;
  }

  /** Ends the thread; the next question starts a new one. */
  end(): void {
    const { worker } = this;
    if (worker === undefined) return;
    this.lose(worker, new Error('The scanner was ended.'));
    // The thread closes its ledger by itself; a scan that is under way is cut short and goes on next time.
    worker.postMessage({ id: 0, question: { ask: 'close' } satisfies ScannerQuestion });
    setTimeout(() => void worker.terminate(), 200);
  }

  dispose(): void {
    this.disposed = true;
    this.end();
  }

  private start(): Worker {
    const worker = new Worker(this.script, {
      // What a scan makes is soon garbage: more room for it would only be more memory, and no less work.
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 },
      stdout: true,
      stderr: true,
    });
    worker.on('message', (reply: ScannerReply) => this.take(reply));
    worker.on('error', (error) => this.lose(worker, error));
    worker.on('exit', (code) => this.lose(worker, new Error(`the scanner thread ended with code ${code}`)));
    if (this.configuration !== undefined) worker.postMessage({ id: 0, question: this.configuration });
    return worker;
  }

  private take(reply: ScannerReply): void {
    if (reply.kind === 'progress') this.onProgress(reply.progress);
    else this.questions.settle(reply);
  }

  private lose(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.questions.lose(error);
  }
}
