import { addDays, type Zone } from '../usage/days.ts';
import type { Sums } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { totalTokens } from '../usage/usage-event.ts';
import { inFolder } from './in-folder.ts';

export type BudgetPer = 'day' | 'week' | 'month' | 'year';

/** What a budget counts: all, or only one tool's or one project's, subfolders included. */
export interface BudgetReach {
  readonly tool?: ToolId | undefined;
  readonly project?: string | undefined;
}

/** A period of the calendar that has begun and not ended. */
export interface CalendarSpan {
  /** First and last day. */
  readonly since: string;
  readonly until: string;
  /** Epoch milliseconds; the end is not included. */
  readonly from: number;
  readonly to: number;
  /** Share that has passed, 0 to 1. */
  readonly elapsed: number;
}

/** What counts against an amount, in its unit. */
export interface BudgetUse {
  /** Tokens, or nano-USD. */
  readonly used: number;
  /** Tokens without a price, which an amount in USD cannot see; 0 for one in tokens. */
  readonly unpricedTokens: number;
}

/** The period of a budget at a time; a week begins on Monday. */
export function budgetSpan({ per }: { readonly per: BudgetPer }, zone: Zone, now: number): CalendarSpan {
  const today = zone.dayOf(now);
  switch (per) {
    case 'day':
      return spanOf(today, addDays(today, 1), zone, now);
    case 'week': {
      const monday = zone.weekOf(now);
      return spanOf(monday, addDays(monday, 7), zone, now);
    }
    case 'month':
      return spanOf(`${today.slice(0, -2)}01`, firstOfMonth(yearOf(today), monthOf(today) + 1), zone, now);
    case 'year':
      return yearFrom(1, zone, now);
  }
}

/** The year of an allowance at a time, which begins on the first of a month, 1 to 12. */
export function allowanceSpan({ startMonth }: { readonly startMonth: number }, zone: Zone, now: number): CalendarSpan {
  return yearFrom(startMonth, zone, now);
}

/** Whether what was consumed by a tool in a project counts against a budget. */
export function countsAgainst(
  { tool, project }: BudgetReach,
  consumed: { readonly tool: ToolId; readonly project: string },
): boolean {
  return (
    (tool === undefined || consumed.tool === tool) && (project === undefined || inFolder(consumed.project, project))
  );
}

/** What sums come to in the unit of a budget or an allowance; money by the source that the settings choose. */
export function useOf(
  { unit }: { readonly unit: 'tokens' | 'usd' },
  sums: Sums,
  costSource: 'list' | 'reported',
): BudgetUse {
  if (unit === 'tokens') return { used: totalTokens(sums), unpricedTokens: 0 };
  return costSource === 'reported'
    ? { used: sums.reportedNanoUSD, unpricedTokens: 0 }
    : { used: sums.costNanoUSD, unpricedTokens: sums.unpricedTokens };
}

/** The marks of a budget, in percent, that are worth a word. */
export type BudgetMark = 80 | 100;

/** The highest mark that a budget's use has reached; undefined below all. */
export function reachedMark(used: number, amount: number): BudgetMark | undefined {
  // Not by a quotient: 80 % of an amount must be reached at just that many.
  if (used >= amount) return 100;
  return used * 100 >= amount * 80 ? 80 : undefined;
}

function yearFrom(startMonth: number, zone: Zone, now: number): CalendarSpan {
  const today = zone.dayOf(now);
  const year = monthOf(today) >= startMonth ? yearOf(today) : yearOf(today) - 1;
  return spanOf(firstOfMonth(year, startMonth), firstOfMonth(year + 1, startMonth), zone, now);
}

function spanOf(since: string, next: string, zone: Zone, now: number): CalendarSpan {
  const [from, to] = [zone.startOfDay(since), zone.startOfDay(next)];
  return { since, until: addDays(next, -1), from, to, elapsed: (now - from) / (to - from) };
}

/** A month of 13 is January of the year after. */
function firstOfMonth(year: number, month: number): string {
  return new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

function monthOf(day: string): number {
  return Number(day.slice(5, 7));
}
