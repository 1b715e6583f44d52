import type { AdminMember } from '../../team/protocol/admin.ts';
import type { Allowance, AllowanceDraft } from '../../team/protocol/allowance.ts';
import type { BoardInfo, Snapshot, Standing } from '../../team/protocol/board.ts';
import type { Consent } from '../../team/protocol/consent.ts';
import type { Device, Flag } from '../../team/protocol/me.ts';
import type { Policy, PolicyDraft } from '../../team/protocol/policy.ts';
import type { Invite } from '../../team/protocol/team.ts';
import type { MetricId, Role, Visibility, WindowId } from '../../team/protocol/terms.ts';
import type { GrantedAllowances, InsightsView } from './allowances.ts';
import type { OtherMachines } from './machines.ts';

/** How sharing stands, in one word. */
export type SharingState =
  /** Nothing is shared, and no server is known. */
  | 'off'
  | 'on'
  | 'paused'
  /** The last sync failed; the figures wait here. */
  | 'failing'
  /** The policy has changed, or telemetry is switched off: nothing is sent until the person has answered. */
  | 'asking'
  /** The session has ended: join again. */
  | 'signed-out'
  /** The wish to leave is kept until the server has confirmed it. */
  | 'leaving';

/** What every part that tells of sharing shows. */
export interface TeamStatus {
  readonly state: SharingState;
  /** With whom: the organisation's name, and the server's origin. */
  readonly organisation: string | undefined;
  readonly origin: string | undefined;
  /** As whom on the organisation's board: the name or the pseudonym; undefined where in sums alone. */
  readonly as: string | undefined;
  readonly role: Role | undefined;
  /** One is an owner of a team, and may see how it works. */
  readonly runsTeam?: boolean | undefined;
  /** Epoch milliseconds. */
  readonly lastSyncAt: number | undefined;
  /** Epoch milliseconds; null until the person says so; undefined where not paused. */
  readonly pausedUntil: number | null | undefined;
  /** Why it fails or asks; a sentence. */
  readonly problem: string | undefined;
  /** What a person is to decide while it asks. */
  readonly asks?: 'policy' | 'telemetry' | 'overlap' | undefined;
  /** What a person should know besides, in sentences: a wrong clock, totals that the server does not take. */
  readonly notes?: readonly string[] | undefined;
  /** A machine policy forbids sharing, or allows other servers only; a sentence. */
  readonly forbidden: string | undefined;
  readonly flag: Flag | undefined;
}

/** Exactly what would be sent first. */
export interface UploadPreview {
  /** The very bytes of the first request, as text. */
  readonly json: string;
  readonly cells: number;
  readonly tokens: number;
  /** Days it covers; undefined where there is nothing to send. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly tools: readonly string[];
  readonly models: readonly string[];
  /** Further requests of the first upload after this one. */
  readonly more: number;
}

/** What an invite leads to, before anything is agreed to: nothing has been kept or sent for it. */
export interface JoinOffer {
  readonly origin: string;
  /** Null before the owner has stated one: then the link is the owner's own. */
  readonly policy: Policy | null;
  readonly preview: UploadPreview;
  /** Project folders that could be left out, the largest first. */
  readonly projects: readonly { readonly folder: string; readonly title: string; readonly tokens: number }[];
  /** The earliest day that can be shared. */
  readonly earliest: string;
  readonly forbidden: string | undefined;
  /** The link adds this machine to a member who has agreed already: only what is left out on it is to be chosen. */
  readonly addsMachine?: boolean | undefined;
  /** After agreeing one signs in, in a browser. */
  readonly inBrowser?: boolean | undefined;
  /** This machine shares there already, and only has to be signed in again. */
  readonly again?: boolean | undefined;
}

/** What a person has chosen; nothing of it is chosen beforehand. */
export interface JoinChoice {
  readonly visibility: Visibility;
  readonly displayName: string | null;
  readonly models: boolean;
  readonly badges: boolean;
  readonly timeBadges: boolean;
  /** Globs of folders that are left out. */
  readonly excluded: readonly string[];
  /** First day that is shared. */
  readonly since: string;
}

/** A board as it is shown: with its age when the server cannot be reached. */
export interface TeamBoardView {
  readonly boards: readonly BoardInfo[];
  readonly snapshot: Snapshot;
  readonly standing: Standing | undefined;
  /** Epoch milliseconds at which it was fetched; `offline` tells why it is not newer. */
  readonly fetchedAt: number;
  readonly offline: string | undefined;
  /** For the watermark. */
  readonly viewer: string;
  readonly formula: string;
}

/** Everything about one's own sharing. */
export interface ShareView {
  readonly status: TeamStatus;
  readonly policy: Policy | undefined;
  readonly choice: JoinChoice | undefined;
  readonly boards: readonly {
    readonly id: number;
    readonly name: string;
    readonly visibility: Visibility;
    readonly pseudonym: string | null;
  }[];
  /** What is sent next, as JSON. */
  readonly next: UploadPreview;
  readonly consents: readonly Consent[];
  readonly devices: readonly Device[];
  readonly views:
    | { readonly total: number; readonly byRole: readonly { readonly role: Role; readonly count: number }[] }
    | undefined;
}

/** For owners and admins: who is in it, never what anyone uses. */
export interface OwnerView {
  readonly policy: Policy | null;
  readonly invites: readonly Invite[];
  readonly members: readonly AdminMember[];
  readonly teams: readonly { readonly id: number; readonly name: string }[];
  readonly allowances: readonly Allowance[];
  readonly closed: string | null;
}

/** What the front end asks about the team; the editor's host answers, which alone speaks to the server. */
export type TeamQuestion =
  | { readonly ask: 'teamStatus' }
  /** A link, a secret, or undefined for the one with which the page was opened. */
  | { readonly ask: 'joinOffer'; readonly link: string | undefined }
  | { readonly ask: 'joinPreview'; readonly choice: JoinChoice }
  /** Joins with what was previewed; rejects with a sentence. */
  | { readonly ask: 'join'; readonly choice: JoinChoice }
  | { readonly ask: 'cancelJoin' }
  | {
      readonly ask: 'teamBoard';
      readonly board: number;
      readonly window: WindowId;
      readonly metric: MetricId | undefined;
    }
  /** What one's other machines have told, for the Overview. */
  | { readonly ask: 'otherMachines' }
  /** What is granted to oneself, for the Overview. */
  | { readonly ask: 'allowances' }
  /** How a group works that one runs; the first where undefined. */
  | { readonly ask: 'insights'; readonly group: number | undefined }
  | { readonly ask: 'share' }
  /** A new consent with other switches. */
  | {
      readonly ask: 'changeShare';
      readonly choice: JoinChoice;
      readonly boards: readonly { readonly board: number; readonly visibility: Visibility }[];
    }
  | { readonly ask: 'renewPseudonym'; readonly board: number }
  /** Minutes; null until the person says so. */
  | { readonly ask: 'pause'; readonly minutes: number | null }
  | { readonly ask: 'resume' }
  | { readonly ask: 'leave' }
  | { readonly ask: 'syncNow' }
  /** Where two machines have the same counts: this one takes the other's place. */
  | { readonly ask: 'replaceDevice' }
  | { readonly ask: 'removeDevice'; readonly device: number }
  /** A link that adds another machine of the same person. */
  | { readonly ask: 'addMachine' }
  | { readonly ask: 'owner' }
  | { readonly ask: 'statePolicy'; readonly draft: PolicyDraft }
  | {
      readonly ask: 'createInvite';
      readonly uses: number;
      readonly days: number;
      readonly team: number | null;
      readonly role: Role;
    }
  | { readonly ask: 'revokeInvite'; readonly invite: number }
  | { readonly ask: 'createTeam'; readonly name: string }
  | { readonly ask: 'grantAllowance'; readonly draft: AllowanceDraft }
  | { readonly ask: 'removeAllowance'; readonly allowance: number }
  | { readonly ask: 'removeMember'; readonly member: number }
  | { readonly ask: 'hideMember'; readonly member: number; readonly hidden: boolean; readonly reason: string }
  | { readonly ask: 'closeBoard'; readonly notice: string; readonly erase: boolean }
  | { readonly ask: 'openBoard' };

export interface TeamAnswers {
  readonly teamStatus: TeamStatus;
  readonly joinOffer: JoinOffer;
  readonly joinPreview: UploadPreview;
  readonly join: TeamStatus;
  readonly cancelJoin: null;
  readonly teamBoard: TeamBoardView;
  readonly otherMachines: OtherMachines;
  readonly allowances: GrantedAllowances;
  readonly insights: InsightsView;
  readonly share: ShareView;
  readonly changeShare: ShareView;
  readonly renewPseudonym: ShareView;
  readonly pause: TeamStatus;
  readonly resume: TeamStatus;
  readonly leave: TeamStatus;
  readonly syncNow: TeamStatus;
  readonly replaceDevice: TeamStatus;
  readonly removeDevice: ShareView;
  readonly addMachine: { readonly link: string; readonly expiresAt: number };
  readonly owner: OwnerView;
  readonly statePolicy: OwnerView;
  readonly createInvite: { readonly url: string };
  readonly revokeInvite: OwnerView;
  readonly createTeam: OwnerView;
  readonly grantAllowance: OwnerView;
  readonly removeAllowance: OwnerView;
  readonly removeMember: OwnerView;
  readonly hideMember: OwnerView;
  readonly closeBoard: OwnerView;
  readonly openBoard: OwnerView;
}
