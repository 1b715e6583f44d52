import type { ToolId } from '../../usage/tool-id.ts';
import type { Amounts, PaidBy } from './amounts.ts';
import type { SpanView } from './scope.ts';

export interface InsightsView {
  readonly span: SpanView;
  readonly amounts: Amounts;
  readonly prices: { readonly version: string; readonly date: string | undefined };
  readonly models: readonly ModelPriceRow[];
  /** Models to compare with, by normalised id: those used, and a few that are common. */
  readonly others: readonly { readonly model: string; readonly costNanoUSD: number }[];
  readonly efficiency: EfficiencyView;
  readonly habits: readonly HabitView[];
  readonly now: BurnView | undefined;
  readonly billing: readonly {
    readonly tool: ToolId;
    readonly title: string;
    readonly amounts: Amounts;
    readonly paidBy: PaidBy;
  }[];
  /** Single requests are still being read: long requests and some habits fill in; a `changed` follows. */
  readonly filling?: boolean;
}

export interface ModelPriceRow {
  readonly model: string;
  readonly amounts: Amounts;
  /** USD per million tokens today, standard tier; undefined where unpriced. */
  readonly rates:
    | { readonly input: number; readonly output: number; readonly cacheRead: number; readonly cacheWrite: number }
    | undefined;
  /** What the same tokens would have cost on each of `others`, in their order; nano-USD. */
  readonly elsewhere: readonly number[];
}

export interface EfficiencyView {
  readonly cacheShare: number | null;
  /** What input that was not read from the cache cost more than if it had been, nano-USD; cache writes included. */
  readonly missCostNanoUSD: number | null;
  readonly activeHours: number;
  readonly tokensPerActiveHour: number | null;
  readonly freshPerRequest: number | null;
  /** Requests with over 200,000 tokens of input, cache included, what they cost, and their share of all requests. */
  readonly longRequests: { readonly requests: number; readonly costNanoUSD: number; readonly share: number };
}

export type HabitId =
  /** Requests that carry over 200,000 tokens of input: what these cost. */
  | 'long-context'
  /** The cache written again after a pause longer than it lives: what writing cost more than reading; tokens are those written again. */
  | 'cold-cache'
  /** Sessions of six active hours or more, whose context costs again with each request: their cache reads. */
  | 'endless-session'
  /**
   * A model of $20 or more per million tokens of output for requests of at most 300 tokens of output and 20,000 of input,
   * cache included: what these cost.
   */
  | 'dear-model-small-work'
  /** Four or more subagents of a session within a quarter of an hour, each with a context of its own: what these cost. */
  | 'wide-fleet'
  /**
   * Sessions of ten requests or more that never read from the cache, of tools that otherwise do: what their input of 100,000
   * tokens or more cost.
   */
  | 'no-cache';

/** A habit that cost the most, with the sessions that show it best. */
export interface HabitView {
  readonly id: HabitId;
  /** What it cost, or might have been saved, nano-USD; the sentence tells which. */
  readonly costNanoUSD: number;
  readonly tokens: number;
  readonly requests: number;
  readonly sessions: readonly HabitSession[];
}

export interface HabitSession {
  readonly id: string;
  readonly tool: ToolId;
  readonly session: string;
  /** As shown; empty where unknown. */
  readonly project: string;
  readonly start: number;
  readonly costNanoUSD: number;
  readonly tokens: number;
}

/** The last hour. */
export interface BurnView {
  readonly tokensPerHour: number;
  readonly costNanoUSDPerHour: number | null;
  /** Against one's own usual active hour; null without history. */
  readonly timesUsual: number | null;
  readonly sessions: number;
}
