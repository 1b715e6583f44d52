import type { AuditAction } from '../../team/protocol/admin.ts';
import type { Cell } from '../../team/protocol/sync.ts';
import type { ClientKind, MetricId, Role, TeamRole, Visibility, WindowId } from '../../team/protocol/terms.ts';

/**
 * What the store keeps, as plain data. Ids are random whole numbers below 2^53; times are epoch milliseconds; days are
 * UTC days `YYYY-MM-DD`; hashes are SHA-256 in hex: no secret reaches the store.
 */

/** A policy as it was stated; `body` is the JSON of the protocol's Policy, which the store does not read. */
export interface StoredPolicy {
  readonly version: number;
  readonly sha256: string;
  readonly body: string;
  readonly at: number;
}

export interface Organisation {
  readonly org: number;
  readonly createdAt: number;
  /** The owner's notice while the board is closed. */
  readonly closed: string | null;
  /** The policy of now; null until the owner has stated one. */
  readonly policy: StoredPolicy | null;
  /** Whether any member is an owner: false until the set-up link was used. */
  readonly owned: boolean;
}

/** A consent as it was given. It holds while `version` is the policy's of now and it is not withdrawn. */
export interface StoredConsent {
  readonly version: number;
  readonly sha256: string;
  readonly visibility: Visibility;
  readonly models: boolean;
  readonly badges: boolean;
  readonly timeBadges: boolean;
  readonly displayName: string | null;
  readonly at: number;
  readonly withdrawnAt: number | null;
}

/** What a new consent says; it replaces all of the one before. */
export interface ConsentDraft {
  readonly version: number;
  readonly sha256: string;
  readonly visibility: Visibility;
  readonly boards: readonly { readonly board: number; readonly visibility: Visibility }[];
  readonly models: boolean;
  readonly badges: boolean;
  readonly timeBadges: boolean;
  readonly displayName: string | null;
}

/** The two tokens of a family's newest link, as hashes. */
export interface TokenHashes {
  readonly access: string;
  readonly accessExpiresAt: number;
  readonly refresh: string;
  readonly refreshExpiresAt: number;
}

/** Whose access token it is, with all that a request's permission depends on. */
export interface Session {
  readonly org: number;
  readonly member: number;
  readonly device: number;
  readonly family: number;
  readonly client: ClientKind;
  readonly role: Role;
  readonly accessExpiresAt: number;
  /** The policy of now, 0 where there is none, and the one agreed to, 0 where none is (any more). */
  readonly policyVersion: number;
  readonly consentVersion: number;
  /** Whether the member lets models be told. */
  readonly models: boolean;
  readonly hidden: boolean;
  readonly closed: string | null;
}

export interface InviteRecord {
  readonly id: number;
  readonly team: number | null;
  readonly role: Role;
  readonly teamRole: TeamRole;
  /** The member to whom it adds a device; null for an invite of a new member. */
  readonly member: number | null;
  readonly createdBy: number | null;
  readonly uses: number;
  readonly used: number;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface MemberFlag {
  readonly reason: string;
  readonly since: number;
  readonly until: number;
}

export interface TeamOfMember {
  readonly id: number;
  readonly name: string;
  readonly role: TeamRole;
}

export interface BoardOfMember {
  readonly board: number;
  /** The member's own choice for this board; null: as in the consent. */
  readonly visibility: Visibility | null;
  readonly pseudonym: string | null;
}

export interface DeviceRecord {
  readonly id: number;
  readonly addedAt: number;
  readonly lastSyncAt: number | null;
  readonly clients: readonly ClientKind[];
}

/** All about a member but usage. */
export interface MemberRecord {
  readonly org: number;
  readonly member: number;
  readonly role: Role;
  readonly joinedDay: string;
  readonly hidden: boolean;
  readonly flag: MemberFlag | null;
  /** The latest consent, also when withdrawn or of an older policy; null where none was given. */
  readonly consent: StoredConsent | null;
  readonly teams: readonly TeamOfMember[];
  readonly boards: readonly BoardOfMember[];
  readonly devices: readonly DeviceRecord[];
  /** What the devices told, the favourite first. */
  readonly badges: readonly string[];
}

/** Sums about one member: whole numbers below 2^53, exact. */
export interface UsageSums {
  readonly in: number;
  readonly out: number;
  readonly cr: number;
  readonly cw: number;
  readonly cw1: number;
  readonly rs: number;
  readonly req: number;
  readonly estTokens: number;
  readonly usd: number;
  readonly unpricedTokens: number;
}

export interface DaySums extends UsageSums {
  readonly day: string;
}

export interface ModelSums extends DaySums {
  readonly tool: string;
  readonly model: string;
}

export interface StoredCell extends Cell {
  readonly device: number;
}

/** What boards count of a window; its days and models are counted as the metrics `activeDays` and `models` are. */
export interface WindowSums extends Pick<UsageSums, 'in' | 'out' | 'cr' | 'cw' | 'req' | 'usd'> {
  readonly activeDays: number;
  readonly models: number;
}

/** A member's window, with all that a board may need to list one. */
export interface Contribution extends WindowSums {
  readonly member: number;
  /** Changes whenever the member's standing does (consent, names, teams, hiding); `publish` compares it. */
  readonly mark: number;
  readonly visibility: Visibility;
  readonly displayName: string | null;
  readonly hidden: boolean;
  readonly flagged: boolean;
  readonly boards: readonly BoardOfMember[];
  readonly teams: readonly number[];
  /** Empty where the badges switch is off. */
  readonly badges: readonly string[];
  readonly timeBadges: boolean;
}

/** Names one series of snapshots. */
export interface SeriesKey {
  readonly board: number;
  readonly window: WindowId;
  readonly metric: MetricId;
}

/** A published snapshot without its rows. */
export interface SnapshotHead extends SeriesKey {
  /** Counts the snapshots of its series from 1. */
  readonly seq: number;
  /** Grows when a row is taken out after publication: seq and revision make the ETag. */
  readonly revision: number;
  readonly builtAt: number;
}

export interface AuditRecord {
  readonly id: number;
  readonly at: number;
  readonly action: AuditAction;
  readonly actor: number | null;
  readonly role: Role | null;
  readonly subject: number | null;
  readonly board: number | null;
  readonly window: WindowId | null;
  readonly metric: MetricId | null;
  readonly reason: string | null;
}

export interface ViewCount {
  readonly day: string;
  readonly board: number;
  readonly role: Role;
  readonly count: number;
}

/** Who acts; `member` is null for the server itself and for the operator's command. */
export interface Actor {
  readonly member: number | null;
  readonly role: Role | null;
}

/** All that is kept about a member, but for secrets. */
export interface MemberExport {
  readonly member: MemberRecord;
  readonly consents: readonly StoredConsent[];
  readonly cells: readonly StoredCell[];
  readonly days: readonly DaySums[];
  readonly audit: readonly AuditRecord[];
  readonly views: readonly ViewCount[];
  /** When the provider last confirmed the member; null for one who does not sign in with it. */
  readonly confirmedAt: number | null;
}
