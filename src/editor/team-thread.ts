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

interface Waiting {
  readonly resolve: (answer: TeamThreadAnswers[keyof TeamThreadAnswers]) => void;
  readonly reject: (error: Error) => void;
}

/** The thread of team sharing, as the extension host sees it: every question is a promise. */
export class TeamThread implements Disposable {
  private readonly waiting = new Map<number, Waiting>();
  private readonly secrets: TeamSecrets;
  private readonly onNews: (news: TeamNews) => void;
  private readonly worker: Worker;
  private nextId = 1;
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
    const id = this.nextId++;
    const answer = new Promise<TeamThreadAnswers[keyof TeamThreadAnswers]>((resolve, reject) =>
      this.waiting.set(id, { resolve, reject }),
    );
    this.tell({ kind: 'question', id, question });
    return (await answer) as TeamThreadAnswerTo<Asked>;
  }

  tell(message: ToTeamThread): void {
    if (this.lost === undefined) this.worker.postMessage(message);
  }

  dispose(): void {
    this.lose(new Error('Team sharing is closing in this window.'));
    void this.worker.terminate();
  }

  private async take(message: FromTeamThread): Promise<void> {
    if (this.lost !== undefined) return;
    switch (message.kind) {
      case 'answer':
      case 'failure': {
        const asked = this.waiting.get(message.id);
        this.waiting.delete(message.id);
        if (message.kind === 'answer') asked?.resolve(message.answer);
        else asked?.reject(new Error(message.message));
        return;
      }
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
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
