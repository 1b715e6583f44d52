import type { Failure } from './failure.ts';
import type { ConsentChoice } from './protocol/consent.ts';
import type { Policy } from './protocol/policy.ts';

/** What of this machine's usage is shared. */
export interface Share {
  /** The first UTC day that is shared. */
  readonly since: string;
  /** Folder globs, with `~` for the home: what was used in them or below them is in no cell. */
  readonly exclude: readonly string[];
}

/** That this machine shares with a team, and on what terms. Holds no secret. */
export interface Membership {
  /** Of the server: `https://board.example.org`. Tokens go nowhere else. */
  readonly origin: string;
  readonly organisation: string;
  /** The server's ids of the member and of this device. */
  readonly member: number;
  readonly device: number;
  /** The UTC day of joining: what was before counts for oneself alone. */
  readonly joinedDay: string;
  /** Epoch milliseconds. */
  readonly joinedAt: number;
  /** The policy that was agreed to; null for an owner who has not stated one yet. */
  readonly policy: Policy | null;
  readonly consent: ConsentChoice | null;
  /** Whether the server knows of the consent as it is here; else the next sync tells it. */
  readonly consentTold: boolean;
  readonly share: Share;
}

/** What stops syncing until a person has decided something. */
export type Halt =
  /** The policy is another: read it, agree or leave. */
  | { readonly kind: 'consent'; readonly policyVersion: number | null }
  /** Another device of this member has the same counts: replace it, or leave with this one. */
  | { readonly kind: 'overlap'; readonly device: number }
  /** This version of the program is too old for the server; ends with an update. */
  | { readonly kind: 'upgrade'; readonly client: string };

/** A wish to leave that the server has not confirmed yet. */
export interface Leaving {
  readonly at: number;
  readonly membership: Membership;
  /** Why the server, once asked, did not do it; null while it could not be asked. */
  readonly refused: 'last_owner' | 'signed_out' | null;
}

/** Everything about team sharing on this machine but tokens, cells and cached boards. Shared by all windows and the command. */
export interface TeamState {
  readonly membership: Membership | null;
  /** Epoch milliseconds; `resumed` for a pause without an end; null when not paused. */
  readonly pausedUntil: number | 'resumed' | null;
  readonly halt: Halt | null;
  /** The latest failure since the last sync that succeeded. */
  readonly failing: { readonly failure: Failure; readonly since: number } | null;
  /** When the server last took a sync, and how many cells it took then. */
  readonly lastSync: { readonly at: number; readonly cells: number } | null;
  /** When the server was last asked by the sync. */
  readonly lastContact: number;
  /** Epoch milliseconds; no sync begins by itself before. */
  readonly nextAt: number;
  /** Counts requests; the server repeats it. */
  readonly seq: number;
  /** The server's clock minus this one's, milliseconds; 0 where they agree. */
  readonly skewMs: number;
  /** The badges that the server was told of last, as JSON. */
  readonly badgesTold: string | null;
  /** Models that the server's catalogue does not have. */
  readonly unknownModels: readonly string[];
  readonly leaving: Leaving | null;
  /** The membership that the server ended, so that the person is told once. */
  readonly ended: { readonly organisation: string; readonly at: number } | null;
  /** Up to where the ledger is in the cells, and under which rules; null: nothing is. */
  readonly counted: { readonly revision: number; readonly to: string; readonly rules: string } | null;
}

/** The state of a machine that never joined. */
export const noTeam: TeamState = {
  membership: null,
  pausedUntil: null,
  halt: null,
  failing: null,
  lastSync: null,
  lastContact: 0,
  nextAt: 0,
  seq: 0,
  skewMs: 0,
  badgesTold: null,
  unknownModels: [],
  leaving: null,
  ended: null,
  counted: null,
};
