import { Worker } from 'node:worker_threads';
import type { Disposable } from 'vscode';
import type { OtherMachines } from '../dashboard/protocol/machines.ts';
import type { Answers, AnswerTo, Question } from '../dashboard/protocol/messages.ts';
import type { DashboardSettings } from '../dashboard/protocol/settings.ts';
import type { DashboardThreadData, FromDashboardThread, ToDashboardThread } from '../dashboard/protocol/thread.ts';
import { openQuestions } from './open-questions.ts';

/** The thread that holds the dashboard's figures, as the extension host sees it: every question is a promise. */
export class DashboardData implements Disposable {
  private readonly script: string;
  private readonly onChanged: () => void;
  private readonly prepared = new Map<string, Promise<Answers[keyof Answers]>>();
  private readonly questions = openQuestions<Answers[keyof Answers]>();
  /** Badges that were earned before, as they were kept. */
  private earned: Readonly<Record<string, readonly string[]>> | undefined;
  private settings: DashboardSettings;
  private others: OtherMachines | undefined;
  private worker: Worker | undefined;
  /** The thread was lost, and nobody has heard of it. */
  private missed = false;
  private disposed = false;

  /** Starts the thread; what it is asked waits until it is ready. */
  constructor(
    script: string,
    settings: DashboardSettings,
    onChanged: () => void,
    earned?: Readonly<Record<string, readonly string[]>>,
  ) {
    this.earned = earned;
    this.script = script;
    this.settings = settings;
    this.onChanged = onChanged;
    this.worker = this.start();
  }

  /** Rejects with a sentence for people; the next question starts a new thread where the old one was lost. */
  async ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked>> {
    const key = JSON.stringify(question);
    const answer = this.prepared.get(key) ?? this.answerTo(question);
    this.prepared.delete(key);
    return (await answer) as AnswerTo<Asked>;
  }

  /** Asks for what is likely to be asked for soon; the same question has its answer then, unless figures change before. */
  prepare(question: Question): void {
    const key = JSON.stringify(question);
    const answer = this.answerTo(question);
    // Whoever asks later asks anew.
    answer.catch(() => this.prepared.get(key) === answer && this.prepared.delete(key));
    this.prepared.set(key, answer);
  }

  private async answerTo(question: Question): Promise<Answers[keyof Answers]> {
    if (this.disposed) throw new Error('The dashboard is closing.');
    this.worker ??= this.start();
    this.missed = false;
    const { id, answer } = this.questions.open();
    this.tell({ kind: 'question', id, question });
    return await answer;
  }

  configure(settings: DashboardSettings, earned: Readonly<Record<string, readonly string[]>>): void {
    this.settings = settings;
    this.earned = earned;
    this.prepared.clear();
    this.tell({ kind: 'configure', settings, earned });
  }

  /** What answers about all machines add. */
  addOthers(others: OtherMachines): void {
    this.others = others;
    this.tell({ kind: 'others', others });
  }

  /** Something was scanned or forgotten, or time has passed. */
  look(): void {
    if (this.missed) {
      // Who asks again now has a new thread.
      this.missed = false;
      this.onChanged();
    }
    this.tell({ kind: 'look' });
  }

  /** Ends the thread, and gives its memory back. */
  dispose(): void {
    this.disposed = true;
    const { worker } = this;
    if (worker === undefined) return;
    this.lose(worker, new Error('The dashboard is closing.'));
    void worker.terminate();
  }

  private tell(message: ToDashboardThread): void {
    this.worker?.postMessage(message);
  }

  private start(): Worker {
    const workerData: DashboardThreadData = {};
    const worker = new Worker(this.script, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      stdout: true,
      stderr: true,
    });
    worker.on('message', (reply: FromDashboardThread) => this.take(reply));
    worker.on('error', (error) => this.lose(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => this.lose(worker, new Error(`The dashboard's thread ended with code ${code}.`)));
    worker.postMessage({
      kind: 'configure',
      settings: this.settings,
      earned: this.earned,
    } satisfies ToDashboardThread);
    if (this.others !== undefined) {
      worker.postMessage({ kind: 'others', others: this.others } satisfies ToDashboardThread);
    }
    return worker;
  }

  private take(reply: FromDashboardThread): void {
    if (reply.kind === 'changed') {
      this.prepared.clear();
      this.onChanged();
      return;
    }
    this.questions.settle(reply);
  }

  private lose(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.prepared.clear();
    this.missed = !this.questions.lose(error);
  }
}
