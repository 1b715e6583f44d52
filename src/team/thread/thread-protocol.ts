import type { TeamAnswers, TeamQuestion, TeamStatus } from '../../dashboard/protocol/team.ts';

/** How the editor reaches the network, as its settings say. */
export interface NetworkSettings {
  /** `http.proxy`: a URL; empty where none is set, and the environment's holds. */
  readonly proxy: string;
  /** `http.proxySupport` is not `off`. */
  readonly proxies: boolean;
  /** `http.noProxy`: hosts that are reached without one. */
  readonly noProxy: readonly string[];
  /** `http.proxyStrictSSL`: certificates are verified. */
  readonly strict: boolean;
  /** `http.systemCertificates`: those of the operating system are trusted as well. */
  readonly systemCertificates: boolean;
}

/** What the editor tells of itself and of what a person has set. */
export interface TeamThreadSettings {
  readonly version: string;
  /** The texts of the editor's language by their English ones. */
  readonly texts: Readonly<Record<string, string>>;
  readonly network: NetworkSettings;
  /** Ids of the badges earned; undefined where they are not known yet. */
  readonly badges: readonly string[] | undefined;
  /** False: telemetry is switched off, and the person has not answered yet whether sharing is still wanted. */
  readonly maySend: boolean;
}

/** What the thread starts with, as its `workerData`. */
export interface TeamThreadData {
  readonly settings: TeamThreadSettings;
  /** A home folder instead of the user's own. */
  readonly home?: string | undefined;
  /** Another file than the machine's, for tests. */
  readonly policyFile?: string | undefined;
}

/** What the thread is asked: by the page, or by a command. */
export type TeamThreadQuestion = TeamQuestion | { readonly ask: 'export' } | { readonly ask: 'webLink' };

export interface TeamThreadAnswers extends TeamAnswers {
  /** JSON, as text. */
  readonly export: string;
  /** Opens the board in a browser, for a minute and once. */
  readonly webLink: string;
}
export type TeamThreadAnswerTo<Asked extends TeamThreadQuestion> = TeamThreadAnswers[Asked['ask']];

export type ToTeamThread =
  | { readonly kind: 'settings'; readonly settings: TeamThreadSettings }
  | { readonly kind: 'question'; readonly id: number; readonly question: TeamThreadQuestion }
  /** What the secret storage answered; undefined where it has none. */
  | { readonly kind: 'secret'; readonly id: number; readonly value: string | undefined }
  | { readonly kind: 'secretFailure'; readonly id: number; readonly message: string }
  /** Where a browser can hand the answer of a sign-in to this window; undefined where it cannot. */
  | { readonly kind: 'redirect'; readonly redirect: string | undefined }
  /** A browser handed over the answer of a sign-in, a query; null where the person gave up. */
  | { readonly kind: 'signedIn'; readonly query: string | null }
  /** Something new was counted, or the machine has woken up: look whether a sync is due. */
  | { readonly kind: 'look' };

export type FromTeamThread =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: TeamThreadAnswers[keyof TeamThreadAnswers] }
  /** A sentence for people. */
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  /** Tokens are kept by the editor's secret storage, under the server's origin. */
  | { readonly kind: 'getSecret'; readonly id: number; readonly origin: string }
  | { readonly kind: 'setSecret'; readonly id: number; readonly origin: string; readonly value: string | undefined }
  /** How sharing stands, at first and whenever it changes. */
  | { readonly kind: 'status'; readonly status: TeamStatus }
  /** A sync went through: a page that is open asks again. */
  | { readonly kind: 'changed' }
  /** A person is to sign in: an address for a browser, and the code to be entered there. Null when that is over. */
  | { readonly kind: 'signIn'; readonly open: { readonly url: string; readonly code: string | undefined } | null }
  /** Something for the log. */
  | { readonly kind: 'trouble'; readonly message: string }
  /** The server has ended the membership; said to one window only, once. */
  | { readonly kind: 'ended'; readonly organisation: string };
