import type {
  Action,
  Answers,
  AnswerTo,
  FromWebview,
  Question,
  TeamAnswerTo,
  ToWebview,
} from '../src/dashboard/protocol/messages.ts';
import type { TeamAnswers, TeamQuestion } from '../src/dashboard/protocol/team.ts';
import { questionIds } from './question-ids.ts';

/** What the editor gives a webview, once. */
interface EditorApi {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** What the editor tells of its own accord. */
export type News = Extract<ToWebview, { readonly kind: 'changed' | 'counting' | 'sharing' | 'show' }>;

/** The editor, as the page sees it. */
export interface Host {
  /** Rejects with a sentence for people. */
  ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked>>;
  /** The same about the team. */
  askTeam<Asked extends TeamQuestion>(question: Asked): Promise<TeamAnswerTo<Asked>>;
  act(action: Action): void;
  readState(): unknown;
  keepState(state: unknown): void;
}

type Answered = Answers[keyof Answers] | TeamAnswers[keyof TeamAnswers];

/** Connects to the editor; to be called once. */
export function connect(onNews: (news: News) => void): Host {
  const api = acquireVsCodeApi();
  const waiting = new Map<
    number,
    { readonly resolve: (answer: Answered) => void; readonly reject: (error: Error) => void }
  >();
  const nextId = questionIds();
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

  function answerTo(message: (id: number) => FromWebview): Promise<Answered> {
    const id = nextId();
    const answer = new Promise<Answered>((resolve, reject) => waiting.set(id, { resolve, reject }));
    api.postMessage(message(id));
    return answer;
  }

  return {
    ask: async <Asked extends Question>(question: Asked) =>
      (await answerTo((id) => ({ kind: 'question', id, question }))) as AnswerTo<Asked>,
    askTeam: async <Asked extends TeamQuestion>(question: Asked) =>
      (await answerTo((id) => ({ kind: 'teamQuestion', id, question }))) as TeamAnswerTo<Asked>,
    act: (action) => api.postMessage({ kind: 'action', action }),
    readState: () => api.getState(),
    keepState: (state) => api.setState(state),
  };
}
