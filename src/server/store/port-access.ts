import type { ClientKind, Role, TeamRole } from '../../team/protocol/terms.ts';
import type { Actor, ConsentDraft, InviteRecord, Organisation, Session, StoredPolicy, TokenHashes } from './records.ts';

export interface OrganisationOperations {
  /** The one organisation of this database; null when there is none yet. */
  organisation(order: Record<string, never>): Promise<Organisation | null>;
  /**
   * Makes the organisation, or finds it. While it has no owner, `setUpInvite` (a hash) replaces the set-up invite of
   * before, so that a lost link can be printed again.
   */
  createOrganisation(order: {
    readonly setUpInvite: string;
    readonly expiresAt: number;
    readonly now: number;
  }): Promise<Organisation>;
  /** States a policy. All rows leave all published boards, because everyone is asked anew. */
  setPolicy(order: PolicyOrder): Promise<'stated' | 'version_taken'>;
  /** All policies, the newest first. */
  policies(order: { readonly org: number }): Promise<readonly StoredPolicy[]>;
  /** Closes all boards with a notice; opens them with null. */
  setClosed(order: {
    readonly org: number;
    readonly by: Actor;
    readonly notice: string | null;
    readonly now: number;
  }): Promise<void>;
}

export interface PolicyOrder {
  readonly org: number;
  readonly by: Actor;
  /** One more than the version of now (first: 1); else `version_taken`. */
  readonly version: number;
  readonly sha256: string;
  readonly body: string;
  readonly now: number;
}

export interface AccessOperations {
  /** `hash` is the invite's; with `member` it adds a device to that member and makes none. */
  createInvite(order: InviteOrder): Promise<InviteRecord | 'no_team' | 'not_allowed'>;
  /** Invites that still hold, of a team or (null) of all; devices' codes are not among them. */
  invites(order: {
    readonly org: number;
    readonly team: number | null;
    readonly now: number;
  }): Promise<readonly InviteRecord[]>;
  revokeInvite(order: {
    readonly org: number;
    readonly invite: number;
    readonly by: Actor;
    readonly now: number;
  }): Promise<boolean>;
  /**
   * Uses an invite once: member, device, consent and tokens, all or nothing. The same attempt again, from the same device and
   * within an hour, is the same member, whose first tokens end.
   */
  join(order: JoinOrder): Promise<JoinOutcome>;
  /** Whose access token it is, also when it has expired; `erased` for a token of an erased member; else null. */
  session(order: { readonly access: string }): Promise<Session | 'erased' | null>;
  /** A family for another client on the session's device. */
  openFamily(order: {
    readonly org: number;
    readonly member: number;
    readonly device: number;
    readonly client: ClientKind;
    readonly tokens: TokenHashes;
    readonly now: number;
  }): Promise<number | null>;
  /**
   * Exchanges a refresh token for the next pair. One that was exchanged before revokes its family (`reused`);
   * the earlier access token ends at once.
   */
  rotate(order: {
    readonly refresh: string;
    readonly tokens: TokenHashes;
    readonly now: number;
  }): Promise<
    | { readonly outcome: 'rotated'; readonly session: Session }
    | { readonly outcome: 'unknown' | 'expired' | 'reused' | 'erased' }
  >;
  /** Signs a client out. */
  revokeFamily(order: { readonly org: number; readonly family: number }): Promise<void>;
  /**
   * Counts one more of a subject's acts in the window of `windowMs` that holds `now`, exact over all processes.
   * `subject` must not be personal: hash an address first.
   */
  countRate(order: {
    readonly name: string;
    readonly subject: string;
    readonly windowMs: number;
    readonly now: number;
  }): Promise<{ readonly count: number; readonly resetsAt: number }>;
}

export interface InviteOrder {
  readonly org: number;
  readonly hash: string;
  readonly team: number | null;
  readonly role: Role;
  readonly teamRole: TeamRole;
  readonly member: number | null;
  readonly by: Actor;
  readonly uses: number;
  readonly expiresAt: number;
  readonly now: number;
}

export interface JoinOrder {
  readonly invite: string;
  /** SHA-256 of the client's device id. A member's device that is known joins again as itself. */
  readonly deviceKey: string;
  readonly client: ClientKind;
  readonly consent: ConsentDraft | null;
  readonly tokens: TokenHashes;
  /** SHA-256 of the invite and the client's random id of its attempt; left out where it tells none. */
  readonly attempt?: string | undefined;
  readonly now: number;
}

export type JoinOutcome =
  | {
      readonly outcome: 'joined';
      readonly org: number;
      readonly member: number;
      readonly device: number;
      readonly joinedDay: string;
    }
  /**
   * `invalid`: unknown or revoked, or its maker may no longer invite so. `policy_missing`: only the set-up link works
   * before there is a policy.
   */
  | {
      readonly outcome:
        | 'invalid'
        | 'expired'
        | 'used'
        | 'consent_required'
        | 'policy_changed'
        | 'policy_missing'
        | 'too_many_devices';
    };
