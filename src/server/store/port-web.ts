import type { Session } from './records.ts';

/** Signing in to the pages with a browser. All secrets are told as hashes. */
export interface WebOperations {
  /**
   * Begins a family of a browser for a member: with a session's cookie, or with a code that is exchanged for one. It ends
   * with `device`, if it was opened from one. False where the member is gone.
   */
  openWeb(order: {
    readonly org: number;
    readonly member: number;
    readonly device: number | null;
    readonly as: 'code' | 'session';
    readonly hash: string;
    readonly expiresAt: number;
    readonly now: number;
  }): Promise<boolean>;
  /** Exchanges a code for a session's cookie, once; false where it does not hold. */
  useWebCode(order: {
    readonly code: string;
    readonly hash: string;
    readonly expiresAt: number;
    readonly now: number;
  }): Promise<boolean>;
  /** Whose cookie it is, also when it has expired or was exchanged; `erased` for one of an erased member. */
  webSession(order: { readonly hash: string }): Promise<WebSessionRecord | 'erased' | null>;
  /** Exchanges a cookie for the next; false where another request has done it, or it is gone. */
  renewWeb(order: {
    readonly hash: string;
    readonly next: string;
    readonly expiresAt: number;
    /** Until when it is known that the one before was exchanged. */
    readonly spentUntil: number;
  }): Promise<boolean>;
}

export interface WebSessionRecord {
  readonly session: Session;
  readonly startedAt: number;
  /** It was exchanged for another one. */
  readonly spent: boolean;
  /** When the family's cookie of now ends. */
  readonly expiresAt: number;
}
