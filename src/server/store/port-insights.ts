/** How a member has worked with AI tools, for sums over many. */
export interface Habit {
  readonly member: number;
  readonly teams: readonly number[];
  /** Tokens; all input (in + cr + cw) and what of it was read from caches; days with tokens. Zero where only active before. */
  readonly tokens: number;
  readonly input: number;
  readonly cacheRead: number;
  readonly activeDays: number;
  /** The tokens by tool and model. */
  readonly mix: readonly { readonly tool: string; readonly model: string; readonly tokens: number }[];
}

/** The figures of groups: published with the daily snapshot, never computed for a request. */
export interface InsightOperations {
  /**
   * Members who take part, are not hidden and had tokens from `since` on, by id, with what they used from `from` to `to`. Pages of
   * `limit` after `after`.
   */
  habits(order: {
    readonly org: number;
    /** UTC days; `since` is before `from`. */
    readonly since: string;
    readonly from: string;
    readonly to: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly Habit[]>;
  /** What the rules kept of each kind of sum, by its name. As the states of series are, it names members by salted hashes. */
  insightStates(order: { readonly org: number }): Promise<readonly { readonly cell: string; readonly state: string }[]>;
  /**
   * Publishes the figures of all groups. False when the policy is no longer the one given, all is closed, or another process
   * leads.
   */
  publishInsights(order: {
    readonly org: number;
    readonly policyVersion: number;
    readonly builtAt: number;
    /** As for `refreshWindows`. */
    readonly lead?: number | undefined;
    /** `body` is JSON without anything about a single person, which the store does not read. */
    readonly boards: readonly { readonly board: number; readonly body: string }[];
    readonly states: readonly { readonly cell: string; readonly state: string }[];
  }): Promise<boolean>;
  /** The figures of a group as they were published; null before the first. */
  insights(order: { readonly org: number; readonly board: number }): Promise<{
    readonly builtAt: number;
    readonly policyVersion: number;
    readonly body: string;
  } | null>;
}
