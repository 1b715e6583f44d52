import type { ToolId } from '../../usage/tool-id.ts';

/** A span of local days. All begin at a day's start and end now, but for a range, which ends with its last day. */
export type Period =
  | { readonly kind: 'today' | '7d' | '30d' | '90d' | 'month' | 'year' | 'all' }
  /** Both days are included, `YYYY-MM-DD`. */
  | { readonly kind: 'range'; readonly since: string; readonly until: string };

/** What counts: within a list any, across lists all. An empty or absent list leaves everything in. */
export interface Filter {
  readonly tools?: readonly ToolId[];
  /** Normalised ids: `claude-opus-4-5`. */
  readonly models?: readonly string[];
  /** Absolute folders; empty text stands for an unknown one. */
  readonly projects?: readonly string[];
  readonly branches?: readonly string[];
  /** Names of the accounts that the settings tell by folder; empty text stands for none of them. */
  readonly accounts?: readonly string[];
}

/** What a view is about. */
export interface Scope {
  readonly period: Period;
  readonly filter: Filter;
}

/** The days that a scope covers, as they are at the time of asking. */
export interface SpanView {
  /** First and last local day, `YYYY-MM-DD`. */
  readonly since: string;
  readonly until: string;
  /** Epoch milliseconds; the end is not included, and never later than now. */
  readonly from: number;
  readonly to: number;
  readonly days: number;
}

/** What there is to choose from, the largest first. */
export interface ChoicesView {
  readonly tools: readonly { readonly id: ToolId; readonly title: string; readonly tokens: number }[];
  readonly models: readonly { readonly id: string; readonly tokens: number }[];
  readonly projects: readonly { readonly folder: string; readonly title: string; readonly tokens: number }[];
  readonly branches: readonly { readonly name: string; readonly tokens: number }[];
  readonly accounts: readonly string[];
}
