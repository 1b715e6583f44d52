import type { ToolId } from '../../usage/tool-id.ts';
import type { Amounts, PaidBy } from './amounts.ts';
import type { Elsewhere } from './machines.ts';
import type { AllowanceView, BudgetView, LimitView } from './money.ts';
import type { SpanView } from './scope.ts';

/** All of the Overview but its chart. */
export interface OverviewView {
  readonly span: SpanView;
  /** Nothing was ever counted. */
  readonly empty: boolean;
  readonly amounts: Amounts;
  readonly paidBy: PaidBy;
  readonly activeDays: number;
  /** The same elapsed span before, where the ledger reaches back that far. */
  readonly before: { readonly amounts: Amounts; readonly since: string; readonly until: string } | undefined;
  readonly limits: readonly LimitView[];
  readonly budgets: readonly BudgetView[];
  readonly allowance: AllowanceView | undefined;
  readonly models: RankingView;
  readonly projects: RankingView;
  readonly calendar: CalendarView;
  readonly when: WhenView;
  readonly records: RecordsView;
  /** Undefined until there is enough to go by. */
  readonly forecast: ForecastView | undefined;
  /** Older days are still being read: calendar, records, budgets and forecast fill in; a `changed` follows. */
  readonly filling?: boolean;
  /** Where all machines were asked for: what of `amounts`, `activeDays`, `before` and `models` is of others. The rest is this machine's. */
  readonly elsewhere?: Elsewhere;
}

/** The largest first, at most six; `more` is all others together. */
export interface RankingView {
  readonly rows: readonly RankedRow[];
  readonly more: { readonly count: number; readonly amounts: Amounts } | undefined;
}

export interface RankedRow {
  /** A filter's value: a model's normalised id, a project's folder. */
  readonly id: string;
  /** As shown: a project by the shortest end of its path that tells it apart. Empty where unknown. */
  readonly title: string;
  /** A project's busiest branch. */
  readonly detail?: string;
  readonly amounts: Amounts;
}

/** The last 26 weeks, whatever the period; the filter holds. */
export interface CalendarView {
  /** From a Monday to today, without gaps. */
  readonly days: readonly { readonly day: string; readonly tokens: number; readonly level: 0 | 1 | 2 | 3 | 4 }[];
  /** Days in a row with any request; a weekend without one does not end it. Until today, or yesterday while today has none. */
  readonly streak: number;
  readonly longest: { readonly days: number; readonly until: string } | undefined;
  readonly activeDays: number;
}

/** When in the week and the day: sums by local weekday (0 is Monday) and hour. */
export interface WhenView {
  /** 7 rows of 24 hours, tokens. */
  readonly grid: readonly (readonly number[])[];
  /** The two weekdays with the most tokens, the busier first; fewer where fewer had any. */
  readonly busiestDays: readonly number[];
  /** The three hours in a row with the most tokens: its first hour. */
  readonly busiestFrom: number | undefined;
}

export interface RecordsView {
  readonly bestDay: { readonly day: string; readonly tokens: number } | undefined;
  readonly bestWeek: { readonly monday: string; readonly tokens: number } | undefined;
  readonly longestSession: { readonly tool: ToolId; readonly session: string; readonly activeMs: number } | undefined;
  readonly mostSubagents: { readonly tool: ToolId; readonly session: string; readonly count: number } | undefined;
}

/** What the current calendar month comes to if it goes on as the last weeks did. */
export interface ForecastView {
  /** `2026-11`. */
  readonly month: string;
  readonly soFar: Forecast;
  readonly likely: Forecast;
  /** Eight of ten months end between. */
  readonly low: Forecast;
  readonly high: Forecast;
}

export interface Forecast {
  readonly tokens: number;
  readonly costNanoUSD: number | null;
}
