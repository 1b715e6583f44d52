import type { ToolId } from './tool-id.ts';
import type { TokenCounts } from './usage-event.ts';

/** Length of a tally's time slot: every zone's days, hours and weeks begin on a quarter of an hour. */
export const quarterMs = 900_000;

/** Sums over requests. Money is in whole nano-USD, so that sums do not depend on their order. */
export interface Sums extends TokenCounts {
  /** Requests. */
  readonly events: number;
  readonly webSearches: number;
  /** List price of what is priced. */
  readonly costNanoUSD: number;
  /** What the tools themselves say it cost. */
  readonly reportedNanoUSD: number;
  /** All tokens of requests whose model has no known price. */
  readonly unpricedTokens: number;
  /** All tokens of requests whose counts are estimates. */
  readonly estimatedTokens: number;
}

/** What was consumed in a quarter of an hour with one model, in one session. */
export interface Tally extends Sums {
  /** Quarters of an hour since the epoch. */
  readonly quarter: number;
  readonly tool: ToolId;
  readonly model: string;
  readonly session: string;
  /** Absolute path of the project folder; empty where unknown. */
  readonly project: string;
  /** Git branch; empty where unknown. */
  readonly branch: string;
  readonly subagent: boolean;
}

/** A tally without its origin: all that figures by time, tool and model need, and far fewer rows. */
export type ModelTally = Omit<Tally, 'session' | 'project' | 'branch' | 'subagent'>;
