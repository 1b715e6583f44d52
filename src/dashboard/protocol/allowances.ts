import type { Insights } from '../../team/protocol/insights.ts';

/** What an organisation has granted to a person, or to a team of theirs, and what they have used of it. Same units as a budget. */
export interface GrantedAllowance {
  /** Tokens, or nano-USD at list price. */
  readonly unit: 'tokens' | 'usd';
  readonly per: 'month' | 'year';
  readonly amount: number;
  /** Of all one's machines: what the server has, and what this machine has not sent yet. */
  readonly used: number;
  /** The part of `used` that is not sent yet. */
  readonly unsent: number;
  /** First and last day that count, UTC. */
  readonly since: string;
  readonly until: string;
  /** Share of these days that has passed, 0 to 1. */
  readonly elapsed: number;
  /** The team that shares it, and what all of it have used as of the last snapshot, in per cent where that is told. */
  readonly team: string | undefined;
  readonly teamPercent: number | undefined;
}

export interface GrantedAllowances {
  /** Who grants them. */
  readonly organisation: string;
  readonly allowances: readonly GrantedAllowance[];
}

/** How a group works with AI tools, for whoever runs it: sums and shares of many. */
export interface InsightsView {
  /** The groups that one runs; 0 is the organisation. */
  readonly groups: readonly { readonly id: number; readonly name: string }[];
  /** Undefined where one runs none. */
  readonly insights: Insights | undefined;
  /** Why it is not newer; a sentence. */
  readonly offline: string | undefined;
}
