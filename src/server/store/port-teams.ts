import type { AuditAction } from '../../team/protocol/admin.ts';
import type { Role, TeamRole } from '../../team/protocol/terms.ts';
import type { Actor, AuditRecord, MemberFlag } from './records.ts';

export interface TeamOperations {
  /** All teams by name, with the role of `member` in each (null where not in it). */
  teams(order: {
    readonly org: number;
    readonly member: number | null;
  }): Promise<readonly { readonly id: number; readonly name: string; readonly role: TeamRole | null }[]>;
  /** Names are unique in an organisation, whatever their case. */
  createTeam(order: {
    readonly org: number;
    readonly name: string;
    readonly by: Actor;
    readonly now: number;
  }): Promise<number | 'name_taken'>;
  renameTeam(order: {
    readonly org: number;
    readonly team: number;
    readonly name: string;
    readonly by: Actor;
    readonly now: number;
  }): Promise<'done' | 'name_taken' | 'gone'>;
  /** Removes a team with its board, its invites and its snapshots; its members stay in the organisation. */
  removeTeam(order: {
    readonly org: number;
    readonly team: number;
    readonly by: Actor;
    readonly now: number;
  }): Promise<boolean>;
  /** Null takes a member out of the team, and its row off the team's board at once. */
  setTeamRole(order: {
    readonly org: number;
    readonly team: number;
    readonly member: number;
    readonly role: TeamRole | null;
    readonly by: Actor;
    readonly now: number;
  }): Promise<'done' | 'gone'>;
  teamMembers(order: {
    readonly org: number;
    readonly team: number;
  }): Promise<readonly { readonly id: number; readonly name: string | null; readonly role: TeamRole }[]>;
}

/** A member as an admin's list has it. The name is null unless one consents to stand by name. */
export interface MemberSummary {
  readonly id: number;
  readonly name: string | null;
  readonly role: Role;
  readonly joinedDay: string;
  readonly teams: readonly number[];
  readonly consented: boolean;
  readonly hidden: boolean;
  readonly flag: MemberFlag | null;
}

export interface AdminOperations {
  /** By id, those after `after`. */
  members(order: {
    readonly org: number;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly MemberSummary[]>;
  /** Changes what is given. Hiding takes the rows off all boards at once; each change is written down with its reason. `leads_no_more`: see `lead`. */
  changeMember(order: {
    readonly org: number;
    readonly member: number;
    readonly role?: Role | undefined;
    readonly hidden?: boolean | undefined;
    readonly flag?: MemberFlag | null | undefined;
    readonly by: Actor;
    readonly reason: string;
    readonly now: number;
    /** As for `refreshWindows`. */
    readonly lead?: number | undefined;
  }): Promise<'done' | 'last_owner' | 'gone' | 'leads_no_more'>;
  /** Entries with an id below `before` (null: the newest), newest first. */
  audit(order: {
    readonly org: number;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly AuditRecord[]>;
  /** Writes down an act that no other operation writes down by itself (`data.export`). */
  appendAudit(order: {
    readonly org: number;
    readonly action: AuditAction;
    readonly by: Actor;
    readonly subject: number | null;
    readonly reason: string | null;
    readonly now: number;
  }): Promise<void>;
  /**
   * Erases these members of an organisation, and once nobody is left its teams, boards and tokens too: answers how many
   * members are left, 0 when all is gone. Policies, the notice and the audit of what the owner did stay, without ids of
   * members. Called by `eraseAllNoted` alone.
   */
  eraseAll(order: {
    readonly org: number;
    readonly members: readonly number[];
    readonly by: Actor;
    readonly now: number;
  }): Promise<{ readonly left: number }>;
  /**
   * Deletes what is past its retention, for at most `limit` members with ids after `after` (begin with 0). Answers where to
   * go on, null when all is done, or when another process leads.
   */
  sweep(order: {
    readonly org: number;
    readonly after: number;
    readonly limit: number;
    readonly now: number;
    /** As for `refreshWindows`. */
    readonly lead?: number | undefined;
  }): Promise<{ readonly removed: number; readonly next: number | null }>;
}
