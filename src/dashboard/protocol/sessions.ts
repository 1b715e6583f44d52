import type { ToolId } from '../../usage/tool-id.ts';
import type { Amounts, PaidBy } from './amounts.ts';

export type ListKind = 'sessions' | 'projects' | 'branches';
export type SortColumn =
  | 'start'
  | 'length'
  | 'tool'
  | 'model'
  | 'project'
  | 'branch'
  | 'requests'
  | 'tokens'
  | 'input'
  | 'output'
  | 'cacheWrite'
  | 'cacheRead'
  | 'cost'
  | 'cacheShare'
  | 'subagents';

/** Which rows of a list are wanted. */
export interface ListWish {
  readonly list: ListKind;
  readonly sort: SortColumn;
  readonly descending: boolean;
  /** Words that all must occur in a row's tool, models, project, branches or session; case does not matter. */
  readonly search: string;
  readonly offset: number;
  /** At most 200. */
  readonly limit: number;
}

export interface ListView {
  readonly list: ListKind;
  /** Rows that pass the filter and the search. */
  readonly count: number;
  readonly amounts: Amounts;
  readonly offset: number;
  readonly rows: readonly ListRow[];
}

/** A session, a project or a branch of a project. */
export interface ListRow {
  /** Names the row while the dashboard is open. */
  readonly id: string;
  readonly tools: readonly { readonly id: ToolId; readonly title: string }[];
  /** A session's id, for sessions only. */
  readonly session?: string;
  /** A project's folder and how it is shown. */
  readonly project: { readonly folder: string; readonly title: string };
  readonly branches: readonly string[];
  /** Normalised ids, the largest first. */
  readonly models: readonly string[];
  /** Start of the first and end of the last quarter of an hour with a request, epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  /** Quarters of an hour with a request, and gaps of at most 30 minutes between them. */
  readonly activeMs: number;
  /** Sessions in it; 1 for a session. */
  readonly sessions: number;
  readonly subagents: number;
  readonly amounts: Amounts;
  readonly paidBy: PaidBy;
}

/** A session over time. */
export interface SessionView {
  readonly row: ListRow;
  /** By request where there are at most 2,000, else by quarter of an hour. */
  readonly course: readonly CoursePoint[];
  readonly byModel: readonly { readonly model: string; readonly amounts: Amounts }[];
  readonly bySubagent: readonly { readonly agent: string; readonly amounts: Amounts }[];
  /** Requests with over 200,000 tokens of input, cache included. */
  readonly longRequests: number;
}

export interface CoursePoint {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly tokens: number;
  readonly fresh: number;
  readonly costNanoUSD: number;
  readonly subagent: boolean;
}
