import type { ClientKind } from '../../team/protocol/terms.ts';
import type { TokenHashes } from './records.ts';

/**
 * A short-lived row under the hash of a secret: a sign-in under way (`state`), its answer on the way to an editor (`code`) or
 * to the page of a device (`answer`), the page of a device on its way to the provider (`device`).
 */
export type PassageKind = 'state' | 'code' | 'answer' | 'device';

/** What the provider said of a person who is, or becomes, a member. */
export interface SignedInPerson {
  /** A keyed hash of the provider's name for the person. */
  readonly subject: string;
  /** As the provider's groups have it; null where it is the board's to say. An owner stays one. */
  readonly role: 'admin' | 'member' | null;
  /** The provider's refresh token, encrypted; null where it gave none. */
  readonly sealed: string | null;
  /** When the provider said so. */
  readonly checkedAt: number;
}

/** Whom the provider is to be asked about. */
export interface IdentityRecord {
  readonly subject: string;
  readonly member: number;
  readonly sealed: string | null;
  readonly checkedAt: number;
}

export interface SignInOperations {
  keepPassage(order: {
    readonly org: number;
    readonly hash: string;
    readonly kind: PassageKind;
    /** Sealed by the caller. */
    readonly body: string;
    readonly expiresAt: number;
    readonly now: number;
  }): Promise<void>;
  /** The body of a passage, which is gone by that (`take`) or stays; null where there is none that holds. */
  passage(order: {
    readonly org: number;
    readonly hash: string;
    readonly kind: PassageKind;
    readonly take: boolean;
    readonly now: number;
  }): Promise<string | null>;
  /** A ticket for `join`, for someone who has signed in and is no member. */
  createTicket(order: {
    readonly org: number;
    readonly hash: string;
    readonly person: SignedInPerson;
    readonly expiresAt: number;
    readonly now: number;
  }): Promise<void>;
  /** Begins a device's sign-in; false where another one has its user code just now. */
  openDevice(order: {
    readonly org: number;
    readonly hash: string;
    readonly userCode: string;
    readonly intervalMs: number;
    readonly expiresAt: number;
    readonly now: number;
  }): Promise<boolean>;
  /** The device that waits under a user code; null where none does. */
  waitingDevice(order: {
    readonly org: number;
    readonly userCode: string;
    readonly now: number;
  }): Promise<{ readonly hash: string; readonly startedAt: number } | null>;
  /** Lets a device in with a sealed body, or (null) turns it away; false where it does not wait any more. */
  answerDevice(order: {
    readonly org: number;
    readonly hash: string;
    readonly body: string | null;
    readonly now: number;
  }): Promise<boolean>;
  /** A device asks how it stands. Its body is told once. Asking too soon makes the interval longer. */
  pollDevice(order: {
    readonly org: number;
    readonly hash: string;
    readonly now: number;
  }): Promise<
    | { readonly outcome: 'allowed'; readonly body: string }
    | { readonly outcome: 'pending' | 'slow_down'; readonly intervalMs: number }
    | { readonly outcome: 'denied' | 'expired' }
  >;
  /**
   * The provider has confirmed a person: a member whose absence ends by it, with a device and tokens where they are asked for.
   * `unknown`: the person is no member.
   */
  signIn(order: {
    readonly org: number;
    readonly person: SignedInPerson;
    readonly device: {
      readonly deviceKey: string;
      readonly client: ClientKind;
      readonly tokens: TokenHashes;
    } | null;
    readonly now: number;
  }): Promise<
    | { readonly outcome: 'member'; readonly member: number; readonly device: number; readonly joinedDay: string }
    | { readonly outcome: 'unknown' | 'too_many_devices' }
  >;
  /**
   * Ties a member, who came by an invite, to the person whom the provider has confirmed; again changes nothing. `taken`: the
   * person is another member. `connected_otherwise`: the member is another person.
   */
  linkIdentity(order: {
    readonly org: number;
    readonly member: number;
    readonly person: SignedInPerson;
    readonly now: number;
  }): Promise<'connected' | 'taken' | 'connected_otherwise' | 'gone'>;
  /** When the provider last confirmed a member; null for one whom it does not know. */
  memberIdentity(order: {
    readonly org: number;
    readonly member: number;
  }): Promise<{ readonly checkedAt: number } | null>;
  /** Whom a refresh token belongs to, if the provider vouches for that member. */
  identity(order: { readonly refresh: string }): Promise<IdentityRecord | null>;
  /**
   * Takes the right to ask the provider about members, until `leaseUntil`: of those whom it was last asked about before
   * `checkedBefore` (`unsealedBefore` where there is nothing to ask with), at most `limit`, or of one.
   */
  claimIdentities(order: {
    readonly org: number;
    readonly subject: string | null;
    readonly checkedBefore: number;
    readonly unsealedBefore: number;
    readonly leaseUntil: number;
    readonly limit: number;
    readonly now: number;
  }): Promise<readonly IdentityRecord[]>;
  /**
   * The provider does not confirm a member any more: all tokens end, the consent rests, the rows leave all boards at once; from
   * `leavesAt` on the member is one of the `leavers`. Gives the member; null where that was so before, or there is none.
   */
  beginAbsence(order: {
    readonly org: number;
    readonly subject: string;
    readonly leavesAt: number;
    readonly now: number;
  }): Promise<number | null>;
  /** Members whose absence has lasted its time, to be erased. */
  leavers(order: { readonly org: number; readonly limit: number; readonly now: number }): Promise<readonly number[]>;
}
