import { Worker } from 'node:worker_threads';
import type { Disposable } from 'vscode';
import type {
  FromTeamThread,
  TeamThreadAnswers,
  TeamThreadAnswerTo,
  TeamThreadQuestion,
  TeamThreadSettings,
  ToTeamThread,
} from '../team/thread/thread-protocol.ts';
import { openQuestions } from './open-questions.ts';

/** What the thread tells of its own accord. */
export type TeamNews = Extract<
  FromTeamThread,
  { readonly kind: 'status' | 'changed' | 'trouble' | 'ended' | 'signIn' }
>;

/** Keeps tokens by their server's origin. */
export interface TeamSecrets {
  get(origin: string): PromiseLike<string | undefined>;
  set(origin: string, value: string | undefined): PromiseLike<void>;
}

/** The thread of team sharing, as the extension host sees it: every question is a promise. */
export class TeamThread implements Disposable {
  private readonly questions = openQuestions<TeamThreadAnswers[keyof TeamThreadAnswers]>();
  private readonly secrets: TeamSecrets;
  private readonly onNews: (news: TeamNews) => void;
  private readonly worker: Worker;
  private lost: Error | undefined;

  /** `onNews` is no longer called once the thread has ended; `onEnd` is, once, where it ended by itself. */
  constructor(
    script: string,
    settings: TeamThreadSettings,
    secrets: TeamSecrets,
    onNews: (news: TeamNews) => void,
    onEnd: (error: Error) => void,
  ) {
    this.secrets = secrets;
    this.onNews = onNews;
    this.worker = new Worker(script, {
      workerData: { settings },
      resourceLimits: { maxOldGenerationSizeMb: 256 },
      stdout: true,
      stderr: true,
    });
    const end = (error: Error): void => {
      if (this.lost !== undefined) return;
      this.lose(error);
      onEnd(error);
    };
    this.worker.on('message', (message: FromTeamThread) => void this.take(message));
    this.worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', (code) => end(new Error(`The thread of team sharing ended with code ${code}.`)));
  }

  /** Rejects with a sentence for people. */
  async ask<Asked extends TeamThreadQuestion>(question: Asked): Promise<TeamThreadAnswerTo<Asked>> {
    if (this.lost !== undefined) throw this.lost;
    const { id, answer } = this.questions.open();
    this.tell({ kind: 'question', id, question });
    return (await answer) as TeamThreadAnswerTo<Asked>;
  }

  tell(message: ToTeamThread): void {
    if (this.lost === undefined) this.worker.postMessage(message);
  }

  /** Resolves as soon as all that was asked is answered. */
  async answered(): Promise<void> {
    await this.questions.none();
  }

  dispose(): void {
    this.lose(new Error('Team sharing is closing in this window.'));
    void this.worker.terminate();
  }

  private async take(message: FromTeamThread): Promise<void> {
    if (this.lost !== undefined) return;
    switch (message.kind) {
      case 'answer':
      case 'failure':
        return this.questions.settle(message);
      case 'getSecret':
        return await this.answerSecret(message.id, async () => await this.secrets.get(message.origin));
      case 'setSecret':
        return await this.answerSecret(message.id, async () => {
          await this.secrets.set(message.origin, message.value);
          return undefined;
        });
      default:
        this.onNews(message);
    }
  }

  private async answerSecret(id: number, act: () => Promise<string | undefined>): Promise<void> {
    try {
      this.tell({ kind: 'secret', id, value: await act() });
    } catch (error) {
      this.tell({ kind: 'secretFailure', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  private lose(error: Error): void {
    this.lost = error;
    this.questions.lose(error);
  }
}
