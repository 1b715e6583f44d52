/** All that the badges are decided by. Days are local, `YYYY-MM-DD`; lists go from early to late. */
export interface BadgeFacts {
  /** The day of asking, which is not over yet. */
  readonly today: string;
  /** Each day with any request, once. */
  readonly days: readonly DayFacts[];
  /** For each normalised model that has come to `modelTokens` in all: the day on which it did. */
  readonly modelDays: readonly string[];
  /** For each tool that has come to `toolTokens` in all: the day on which it did. */
  readonly toolDays: readonly string[];
  /** The longest active time that one session had come to, milliseconds; gaps over 30 minutes are cut out of it. */
  readonly longestSession: readonly Risen[];
  /** The most subagents that one session had had at work. */
  readonly mostSubagents: readonly Risen[];
  /** Months that are over and had any request, as far as the overall budgets of a month go back; none without such a budget. */
  readonly budgetMonths: readonly { readonly month: string; readonly within: boolean }[];
}

/** Sums of a local day. */
export interface DayFacts {
  readonly day: string;
  readonly requests: number;
  readonly tokens: number;
  /** All but cache reads. */
  readonly fresh: number;
  /** Input, cache writes and cache reads. */
  readonly input: number;
  readonly cacheRead: number;
  /** Requests with more than 200,000 tokens of input, cache included. */
  readonly longRequests: number;
  /** Tokens before 06:00 and from 22:00 on. */
  readonly nightTokens: number;
}

/** A record: the day on which it was set, and how high it then stood. Both rise from one to the next. */
export interface Risen {
  readonly day: string;
  readonly value: number;
}

/** Tokens in all from which on a model counts as used. */
export const modelTokens = 100_000;
/** Tokens in all from which on a tool counts as used. */
export const toolTokens = 1_000_000;
/** A day's night ends before this hour and begins again with the later one. */
export const nightEnds = 6;
export const nightBegins = 22;
