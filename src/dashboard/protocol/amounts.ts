/** How what was consumed is paid for, where a person has said it. */
export type Billing = 'api' | 'subscription' | 'included';

/** Sums as a view shows them. Money is in whole nano-USD, by the source that the setting chooses. */
export interface Amounts {
  /** Input, output, cache writes and cache reads. */
  readonly tokens: number;
  /** All but cache reads. */
  readonly fresh: number;
  readonly input: number;
  readonly output: number;
  readonly cacheWrite: number;
  readonly cacheRead: number;
  /** The part of `output` that was reasoning. */
  readonly reasoning: number;
  readonly requests: number;
  /** Null where nothing of it has a price. */
  readonly costNanoUSD: number | null;
  readonly unpricedTokens: number;
  readonly estimatedTokens: number;
  /** Cache reads of all input, 0 to 1; null without input. */
  readonly cacheShare: number | null;
}

export type Metric = 'tokens' | 'fresh' | 'cost' | 'requests';

/** A figure that stands for several ways of paying is `mixed`; undefined where nobody has said how it is paid. */
export type PaidBy = Billing | 'mixed' | undefined;
