import { type Failure, failureCode } from '../failure.ts';
import type { JoinRefusal } from '../join.ts';
import { refusalSentence, sentence, sentences, statusSentence } from '../sentences.ts';
import type { TeamStatus } from '../status.ts';

/** Sentences for people, in the editor's language. */
export interface Say {
  /** An English text in the editor's language. */
  text(english: string, ...parts: readonly string[]): string;
  /** The sentence of a code. */
  code(code: string, ...parts: readonly string[]): string;
  failure(failure: Failure): string;
  status(status: TeamStatus): string;
  refusal(refusal: JoinRefusal): string;
}

/** What the sentences need to know. */
export interface Told {
  readonly texts: () => Readonly<Record<string, string>>;
  readonly organisation: () => string | undefined;
  /** The file that says what this machine may share. */
  readonly policyFile: () => string;
}

/** Words for codes and failures; a text that is not translated stays English. */
export function sayer({ texts, organisation, policyFile }: Told): Say {
  const text = (english: string, ...parts: readonly string[]): string => filled(texts()[english] ?? english, parts);
  const code = (name: string, ...parts: readonly string[]): string => {
    const english = sentences[name];
    return english === undefined || texts()[english] === undefined ? sentence(name, ...parts) : text(english, ...parts);
  };
  return {
    text,
    code,
    failure: (failure) => code(failureCode(failure), organisation() ?? 'the team', policyFile()),
    status: (status) => statusSentence(status, (time) => new Date(time).toISOString().slice(0, 16).replace('T', ' ')),
    refusal: (refusal) => refusalSentence(refusal, policyFile()),
  };
}

function filled(text: string, parts: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (_all, index) => parts[Number(index)] ?? '');
}
