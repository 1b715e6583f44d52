import type { ToolId } from '../../usage/tool-id.ts';

/** A limit of a plan as the tool reported it, with its age. */
export interface LimitView {
  readonly tool: ToolId;
  readonly title: string;
  /** `5h`, `week`, `24h`. */
  readonly label: string;
  readonly plan: string | undefined;
  /** When the tool was told, epoch milliseconds. */
  readonly reportedAt: number;
  /** Its window still runs; of the one after nothing is known. */
  readonly current: boolean;
  readonly usedPercent: number;
  /** Share of the window that has passed, 0 to 1. */
  readonly elapsed: number | undefined;
  readonly resetsAt: number | undefined;
  readonly runsOutAt: number | undefined;
  readonly level: 'quiet' | 'near' | 'over';
}

export type BudgetPeriod = 'day' | 'week' | 'month' | 'year';

/** A budget as the settings hold it, checked. */
export interface Budget {
  /** Stable while the setting is unchanged. */
  readonly id: string;
  readonly per: BudgetPeriod;
  /** Tokens, or nano-USD. */
  readonly unit: 'tokens' | 'usd';
  readonly amount: number;
  /** For one tool or one project folder only. */
  readonly tool?: ToolId;
  readonly project?: string;
  /** The local day since which it is set, where the editor remembers it: only whole months after it count for the badge. */
  readonly setOn?: string;
}

export interface BudgetView extends Budget {
  readonly title: string;
  readonly used: number;
  /** Share of the period that has passed, 0 to 1. */
  readonly elapsed: number;
  /** When the period ends, epoch milliseconds. */
  readonly endsAt: number;
  /** Tokens without a price, which a budget in USD cannot see. */
  readonly unpricedTokens: number;
}

/** What a company grants a year, and what is left of it. Same units as a budget. */
export interface AllowanceView {
  readonly unit: 'tokens' | 'usd';
  readonly amount: number;
  readonly used: number;
  /** The allowance's year, first and last day. */
  readonly since: string;
  readonly until: string;
  readonly elapsed: number;
}
