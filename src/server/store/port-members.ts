import type { Cell, CellRefusal } from '../../team/protocol/sync.ts';
import type { Actor, ConsentDraft, DaySums, MemberExport, MemberRecord, ModelSums, ViewCount } from './records.ts';

export interface SyncOperations {
  /**
   * Takes cells, adds up the member's days that they touch, and marks the member for the boards. Refuses single cells as
   * the protocol says, but for `unknown_model`: models are taken as they are, so the caller has refused before what is in
   * no catalogue. (Absolute cells cannot be folded into one here: the next of them would replace the others.)
   */
  sync(order: SyncOrder): Promise<SyncOutcome>;
}

export interface SyncOrder {
  readonly org: number;
  readonly member: number;
  readonly device: number;
  /** The policy that the request names. */
  readonly policyVersion: number;
  readonly cells: readonly Cell[];
  /** All badges that this device tells; left as they are when undefined. */
  readonly badges?: readonly string[] | undefined;
  readonly now: number;
}

export type SyncOutcome =
  | {
      readonly outcome: 'applied';
      readonly applied: number;
      readonly unchanged: number;
      readonly rejected: readonly { readonly i: number; readonly code: CellRefusal }[];
      readonly policyVersion: number;
    }
  /** `device` is the other one. Nothing was taken. */
  | { readonly outcome: 'overlap'; readonly device: number }
  | { readonly outcome: 'consent_required'; readonly policyVersion: number }
  /** The member or the device is gone. */
  | { readonly outcome: 'gone' };

export interface PseudonymsOutcome {
  /** Those whose name another one has on the board, or they have on any. */
  readonly refused: readonly number[];
  /** Those who had a pseudonym there already and were not to get a new one, with the one that they have. */
  readonly kept: readonly { readonly member: number; readonly pseudonym: string }[];
}

export interface MemberOperations {
  member(order: { readonly org: number; readonly member: number }): Promise<MemberRecord | null>;
  /** Gives, replaces or (null) withdraws a consent. The member's rows leave all published boards at once. */
  setConsent(order: {
    readonly org: number;
    readonly member: number;
    readonly consent: ConsentDraft | null;
    readonly now: number;
  }): Promise<'done' | 'policy_changed' | 'policy_missing' | 'gone'>;
  /** Gives members pseudonyms on a board. Null when another process leads. */
  setPseudonyms(order: {
    readonly org: number;
    readonly board: number;
    readonly names: readonly { readonly member: number; readonly pseudonym: string }[];
    /** Whether one that has a pseudonym gets the new one (renewal: the row leaves that board at once). */
    readonly renew: boolean;
    /** As for `refreshWindows`. */
    readonly lead?: number | undefined;
  }): Promise<PseudonymsOutcome | null>;
  /** Day totals of 92 days, and 35 days by tool and model, all devices added up, oldest first; but for one, 35 days of both. */
  usage(order: {
    readonly org: number;
    readonly member: number;
    /** The one device that is left out. */
    readonly except?: number | undefined;
  }): Promise<{ readonly days: readonly DaySums[]; readonly models: readonly ModelSums[] }>;
  exportMember(order: {
    readonly org: number;
    readonly member: number;
    readonly now: number;
  }): Promise<MemberExport | null>;
  /** By UTC day, board and role: how often boards were looked at while the member stood on them. */
  views(order: { readonly org: number; readonly member: number }): Promise<readonly ViewCount[]>;
  /** What `eraseMember` would come to, so that a member can be noted as erased before. */
  mayErase(order: {
    readonly org: number;
    readonly member: number;
    readonly force?: boolean;
  }): Promise<'may' | 'last_owner' | 'gone'>;
  /**
   * Erases a member: every row, in every table. What others did stays without the name. Its tokens answer `erased` until
   * they expire. `last_owner`: the only owner among several members; `force` (the operator's) erases all the same.
   * Called by `eraseNoted`, and for those who are noted already.
   */
  eraseMember(order: {
    readonly org: number;
    readonly member: number;
    readonly by: Actor;
    readonly action: 'member.leave' | 'member.remove';
    readonly force?: boolean;
    readonly now: number;
  }): Promise<'erased' | 'last_owner' | 'gone'>;
  /** Takes away a device with its cells and tokens; the day totals that still have cells are added up anew. */
  removeDevice(order: {
    readonly org: number;
    readonly member: number;
    readonly device: number;
    readonly now: number;
  }): Promise<boolean>;
}
