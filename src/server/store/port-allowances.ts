import type { AllowancePeriod, AllowanceUnit } from '../../team/protocol/allowance.ts';
import type { Actor } from './records.ts';

/** What was granted, to a member or to a team that shares it. */
export interface AllowanceRecord {
  readonly id: number;
  readonly member: number | null;
  readonly team: number | null;
  readonly unit: AllowanceUnit;
  readonly per: AllowancePeriod;
  /** Tokens or micro-USD. */
  readonly amount: number;
  /** The UTC day on which it was granted. */
  readonly since: string;
}

/** A member's own part of what was granted. */
export interface AllowanceUse extends AllowanceRecord {
  readonly teamName: string | null;
  readonly used: number;
  /** First and last day that count. */
  readonly from: string;
  readonly to: string;
}

export interface AllowanceOperations {
  /** All of an organisation, the oldest first. */
  allowances(order: { readonly org: number }): Promise<readonly AllowanceRecord[]>;
  /** `gone`: there is no such member or team. */
  grantAllowance(order: {
    readonly org: number;
    readonly member: number | null;
    readonly team: number | null;
    readonly unit: AllowanceUnit;
    readonly per: AllowancePeriod;
    readonly amount: number;
    readonly by: Actor;
    readonly now: number;
  }): Promise<number | 'gone'>;
  changeAllowance(order: {
    readonly org: number;
    readonly allowance: number;
    readonly amount: number;
    readonly by: Actor;
    readonly now: number;
  }): Promise<boolean>;
  removeAllowance(order: {
    readonly org: number;
    readonly allowance: number;
    readonly by: Actor;
    readonly now: number;
  }): Promise<boolean>;
  /**
   * A member's own and those of the member's teams, with the member's own part in the period that holds `today`, exact. Days
   * before the member joined do not count, nor for a year those before it was granted.
   */
  allowanceUse(order: {
    readonly org: number;
    readonly member: number;
    readonly today: string;
  }): Promise<readonly AllowanceUse[]>;
  /** Of a team's: the part of each member of the team who takes part and is not hidden. Null where there is none. */
  poolUse(order: { readonly org: number; readonly allowance: number; readonly today: string }): Promise<{
    readonly from: string;
    readonly to: string;
    readonly parts: readonly { readonly member: number; readonly used: number }[];
  } | null>;
}
