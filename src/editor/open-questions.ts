/** What a thread replies to the question of that number. */
export type ThreadReply<Answer> =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  /** A sentence for people. */
  | { readonly kind: 'failure'; readonly id: number; readonly message: string };

/** Questions that a thread was asked and has not answered yet. */
export interface OpenQuestions<Answer> {
  /** A new question's number, and its answer to come. */
  open(): { readonly id: number; readonly answer: Promise<Answer> };
  /** A reply to no open question is passed over. */
  settle(reply: ThreadReply<Answer>): void;
  /** The thread is lost: none of them will be answered any more. False where none was open. */
  lose(error: Error): boolean;
  /** Resolves as soon as no question is open. */
  none(): Promise<void>;
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export function openQuestions<Answer>(): OpenQuestions<Answer> {
  const waiting = new Map<number, Waiting<Answer>>();
  let last = 0;
  let over = Promise.withResolvers<void>();

  function endIfNone(): void {
    if (waiting.size > 0) return;
    over.resolve();
    over = Promise.withResolvers();
  }

  return {
    open() {
      const id = ++last;
      return { id, answer: new Promise((resolve, reject) => waiting.set(id, { resolve, reject })) };
    },
    settle(reply) {
      const asked = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.kind === 'answer') asked?.resolve(reply.answer);
      else asked?.reject(new Error(reply.message));
      endIfNone();
    },
    lose(error) {
      const were = waiting.size > 0;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
      endIfNone();
      return were;
    },
    async none() {
      if (waiting.size > 0) await over.promise;
    },
  };
}
