import { type Failure, failureCode } from '../failure.ts';
import type { JoinRefusal } from '../join.ts';
import { refusalSentence, sentenceIn, statusSentence } from '../sentences.ts';
import type { TeamStatus } from '../status.ts';

/** Sentences for people, in the editor's language. */
export interface Say {
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
  const code = (name: string, ...parts: readonly string[]): string => sentenceIn(texts(), name, parts);
  return {
    code,
    failure: (failure) => code(failureCode(failure), organisation() ?? code('the_team'), policyFile()),
    status: (status) => statusSentence(status, timeText, code),
    refusal: (refusal) => refusalSentence(refusal, policyFile(), code),
  };
}

function timeText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
