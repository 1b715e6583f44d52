import type {
  Action,
  Answers,
  AnswerTo,
  FromWebview,
  Question,
  ToWebview,
} from '../src/dashboard/protocol/messages.ts';

/** What the editor gives a webview, once. */
interface EditorApi {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** What the editor tells of its own accord. */
export type News = Extract<ToWebview, { readonly kind: 'changed' | 'counting' | 'show' }>;

/** The editor, as the page sees it. */
export interface Host {
  /** Rejects with a sentence for people. */
  ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked>>;
  act(action: Action): void;
  readState(): unknown;
  keepState(state: unknown): void;
}

/** Connects to the editor; to be called once. */
export function connect(onNews: (news: News) => void): Host {
  const api = acquireVsCodeApi();
  const waiting = new Map<
    number,
    { readonly resolve: (answer: Answers[keyof Answers]) => void; readonly reject: (error: Error) => void }
  >();
  let nextId = 1;
  window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
    if (data.kind !== 'answer' && data.kind !== 'failure') {
      onNews(data);
      return;
    }
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'answer') asked?.resolve(data.answer);
    else asked?.reject(new Error(data.message));
  });
  return {
    async ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked>> {
      const id = nextId++;
      const answer = new Promise<Answers[keyof Answers]>((resolve, reject) => waiting.set(id, { resolve, reject }));
      api.postMessage({ kind: 'question', id, question });
      return (await answer) as AnswerTo<Asked>;
    },
    act: (action) => api.postMessage({ kind: 'action', action }),
    readState: () => api.getState(),
    keepState: (state) => api.setState(state),
  };
}
