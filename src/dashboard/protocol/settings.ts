import type { ToolId } from '../../usage/tool-id.ts';
import type { Billing } from './amounts.ts';
import type { Budget } from './money.ts';

/** The editor's settings, checked, that the figures depend on. */
export interface DashboardSettings {
  /** IANA name. */
  readonly zone: string;
  readonly locale: string;
  readonly costSource: 'list' | 'reported';
  readonly withoutTools: readonly ToolId[];
  /** Whether what is estimated counts. */
  readonly estimates: boolean;
  readonly billing: Readonly<Partial<Record<ToolId, Billing>>>;
  /** The first account with a folder that holds a project has it. */
  readonly accounts: readonly Account[];
  readonly budgets: readonly Budget[];
  readonly allowance:
    | { readonly unit: 'tokens' | 'usd'; readonly amount: number; readonly startMonth: number }
    | undefined;
  readonly badgeToasts: boolean;
}

export interface Account {
  readonly name: string;
  /** Absolute folders, `~` resolved. */
  readonly folders: readonly string[];
  /** Overrides how the tools in it are paid. */
  readonly billing?: Billing;
}
