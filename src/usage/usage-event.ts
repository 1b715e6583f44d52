/** The tokens of one request, in the project's normal form: whole numbers, each token in one bucket only. */
export interface TokenCounts {
  /** Input that was neither read from nor written to a cache. */
  readonly input: number;
  /** All that was generated, reasoning included. */
  readonly output: number;
  readonly cacheRead: number;
  /** Cache writes kept for five minutes, or for a time that the log does not tell. */
  readonly cacheWrite5m: number;
  /** Cache writes kept for an hour, which cost more. */
  readonly cacheWrite1h: number;
  /** The part of `output` that was reasoning, where the tool tells. Never added again. */
  readonly reasoning: number;
}

/** One request to a model, as one log tells it. Several logs may tell of the same request: `key` is then the same. */
export interface UsageEvent {
  readonly kind: 'usage';
  /** Names the request on every machine and in every log: `anthropic:msg_01…`. */
  readonly key: string;
  /** When it was made, epoch milliseconds. */
  readonly time: number;
  /** As the tool logs it; `unknown` where it logs none. */
  readonly model: string;
  /** Who served the model, where the log tells: `anthropic`, `bedrock`. */
  readonly provider?: string | undefined;
  readonly tokens: TokenCounts;
  /** Among records of one key the highest rank has the right counts; on a tie the latest record. Default 0. */
  readonly rank?: number | undefined;
  /** A copy (a sidechain's, a fork's) never owns the request while another record of it is known. */
  readonly copy?: boolean | undefined;
  /** The session that the request belongs to. Like project, branch and subagent it never leaves the machine. */
  readonly session: string;
  /** Absolute path of the project folder, where the log tells. */
  readonly project?: string | undefined;
  /** Git branch, where the log tells. */
  readonly branch?: string | undefined;
  /** Made by a subagent on the session's behalf. */
  readonly subagent?: boolean | undefined;
  /** Which of the session's subagents, where the log tells. */
  readonly agent?: string | undefined;
  /** What changes the price, where the log tells: `fast`, `priority`, `flex`, `batch`. Absent: standard. */
  readonly tier?: string | undefined;
  /** Web searches made by the provider during the request. */
  readonly webSearches?: number | undefined;
  /** What the tool itself says that the request cost, in USD. */
  readonly reportedUSD?: number | undefined;
  /** The tool logs text but no counts: these were estimated. */
  readonly estimated?: boolean | undefined;
}

/** All tokens of a request or a sum of requests. */
export function totalTokens(tokens: TokenCounts): number {
  return tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
}

/** Tokens that were new: all but cache reads. */
export function freshTokens(tokens: TokenCounts): number {
  return totalTokens(tokens) - tokens.cacheRead;
}
