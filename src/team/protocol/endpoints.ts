import type Type from 'typebox';
import type { TSchema } from 'typebox';
import { AuditPage, AuditQuery, CloseRequest, MemberChange, MemberPage, MemberQuery, PolicyState } from './admin.ts';
import { AllowanceChange, AllowanceDraft, AllowanceList, Allowances } from './allowance.ts';
import { BoardId, closed, Id } from './basics.ts';
import { BoardList, BoardQuery, Snapshot, Standing } from './board.ts';
import { Consent, ConsentChoice, PseudonymAnswer, PseudonymRequest } from './consent.ts';
import { Insights } from './insights.ts';
import { JoinAnswer, JoinRequest, RefreshRequest, SiblingRequest, TokenPair } from './join.ts';
import { DeviceCode, DeviceList, Export, Me, Usage, UsageQuery, Views, WebCode } from './me.ts';
import { Meta, Policy, PolicyDraft } from './policy.ts';
import {
  CodeExchange,
  DeviceCodes,
  DevicePoll,
  DeviceStart,
  SignedIn,
  SignInCallback,
  SignInQuery,
} from './sign-in.ts';
import { SyncAnswer, SyncRequest } from './sync.ts';
import { InviteDraft, InviteList, NewInvite, Team, TeamDraft, TeamList, TeamMembers, TeamRoleDraft } from './team.ts';

/**
 * Who may ask: anyone; whoever has a token; a member who agreed to the policy of now; owners of the team or of the
 * organisation and its admins (others: 404); admins and owners; owners (others: 403).
 */
export type Access = 'public' | 'token' | 'consent' | 'team-owner' | 'admin' | 'owner';

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With OpenAPI's `{name}` for each of `params`. */
  readonly path: `/v1/${string}`;
  readonly access: Access;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** The schema of a 200; 204 without a body where null. */
  readonly answer: TSchema | null;
  /** It is opened in a browser, and answers with a page or leads to one. */
  readonly page?: true;
}

const byId = closed({ id: Id });
const byBoard = closed({ id: BoardId });
const byTeamMember = closed({ id: Id, member: Id });
const nothing = closed({});

/** Every endpoint of v1: the server's routes, the OpenAPI document, the client and the security matrix are made of it. */
export const endpoints = {
  meta: { method: 'GET', path: '/v1/meta', access: 'public', answer: Meta },
  join: { method: 'POST', path: '/v1/join', access: 'public', body: JoinRequest, answer: JoinAnswer },
  refresh: { method: 'POST', path: '/v1/auth/refresh', access: 'public', body: RefreshRequest, answer: TokenPair },
  sibling: { method: 'POST', path: '/v1/auth/token', access: 'token', body: SiblingRequest, answer: TokenPair },
  oidcStart: {
    method: 'GET',
    path: '/v1/auth/oidc/start',
    access: 'public',
    query: SignInQuery,
    answer: null,
    page: true,
  },
  oidcCallback: {
    method: 'GET',
    path: '/v1/auth/oidc/callback',
    access: 'public',
    query: SignInCallback,
    answer: null,
    page: true,
  },
  oidcToken: { method: 'POST', path: '/v1/auth/oidc/token', access: 'public', body: CodeExchange, answer: SignedIn },
  startDevice: { method: 'POST', path: '/v1/auth/device', access: 'public', body: DeviceStart, answer: DeviceCodes },
  deviceToken: { method: 'POST', path: '/v1/auth/device/token', access: 'public', body: DevicePoll, answer: SignedIn },
  logout: { method: 'POST', path: '/v1/auth/logout', access: 'token', body: nothing, answer: null },
  giveConsent: { method: 'PUT', path: '/v1/consent', access: 'token', body: ConsentChoice, answer: Consent },
  withdrawConsent: { method: 'DELETE', path: '/v1/consent', access: 'token', answer: null },
  sync: { method: 'POST', path: '/v1/sync', access: 'consent', body: SyncRequest, answer: SyncAnswer },
  boards: { method: 'GET', path: '/v1/boards', access: 'consent', answer: BoardList },
  board: {
    method: 'GET',
    path: '/v1/boards/{id}',
    access: 'consent',
    params: byBoard,
    query: BoardQuery,
    answer: Snapshot,
  },
  standing: {
    method: 'GET',
    path: '/v1/boards/{id}/me',
    access: 'consent',
    params: byBoard,
    query: BoardQuery,
    answer: Standing,
  },
  me: { method: 'GET', path: '/v1/me', access: 'token', answer: Me },
  eraseMe: { method: 'DELETE', path: '/v1/me', access: 'token', answer: null },
  usage: { method: 'GET', path: '/v1/me/usage', access: 'token', query: UsageQuery, answer: Usage },
  export: { method: 'GET', path: '/v1/me/export', access: 'token', answer: Export },
  views: { method: 'GET', path: '/v1/me/views', access: 'token', answer: Views },
  allowance: { method: 'GET', path: '/v1/me/allowance', access: 'token', answer: AllowanceList },
  pseudonym: {
    method: 'POST',
    path: '/v1/me/pseudonym',
    access: 'consent',
    body: PseudonymRequest,
    answer: PseudonymAnswer,
  },
  devices: { method: 'GET', path: '/v1/me/devices', access: 'token', answer: DeviceList },
  deviceCode: { method: 'POST', path: '/v1/me/devices', access: 'token', body: nothing, answer: DeviceCode },
  webCode: { method: 'POST', path: '/v1/me/web-code', access: 'token', body: nothing, answer: WebCode },
  removeDevice: { method: 'DELETE', path: '/v1/me/devices/{id}', access: 'token', params: byId, answer: null },
  teams: { method: 'GET', path: '/v1/teams', access: 'token', answer: TeamList },
  createTeam: { method: 'POST', path: '/v1/teams', access: 'admin', body: TeamDraft, answer: Team },
  renameTeam: {
    method: 'PATCH',
    path: '/v1/teams/{id}',
    access: 'team-owner',
    params: byId,
    body: TeamDraft,
    answer: Team,
  },
  removeTeam: { method: 'DELETE', path: '/v1/teams/{id}', access: 'team-owner', params: byId, answer: null },
  teamMembers: {
    method: 'GET',
    path: '/v1/teams/{id}/members',
    access: 'team-owner',
    params: byId,
    answer: TeamMembers,
  },
  insights: {
    method: 'GET',
    path: '/v1/teams/{id}/insights',
    access: 'team-owner',
    params: byBoard,
    answer: Insights,
  },
  setTeamRole: {
    method: 'PUT',
    path: '/v1/teams/{id}/members/{member}',
    access: 'team-owner',
    params: byTeamMember,
    body: TeamRoleDraft,
    answer: null,
  },
  /** A member may also leave a team alone. */
  removeFromTeam: {
    method: 'DELETE',
    path: '/v1/teams/{id}/members/{member}',
    access: 'token',
    params: byTeamMember,
    answer: null,
  },
  /** Of a team where one is named in the draft (its owner may), else of the organisation (admins may). */
  createInvite: { method: 'POST', path: '/v1/invites', access: 'team-owner', body: InviteDraft, answer: NewInvite },
  invites: { method: 'GET', path: '/v1/invites', access: 'team-owner', answer: InviteList },
  revokeInvite: { method: 'DELETE', path: '/v1/invites/{id}', access: 'team-owner', params: byId, answer: null },
  policy: { method: 'GET', path: '/v1/admin/policy', access: 'admin', answer: PolicyState },
  setPolicy: { method: 'PUT', path: '/v1/admin/policy', access: 'owner', body: PolicyDraft, answer: Policy },
  audit: { method: 'GET', path: '/v1/admin/audit', access: 'admin', query: AuditQuery, answer: AuditPage },
  close: { method: 'POST', path: '/v1/admin/close', access: 'owner', body: CloseRequest, answer: null },
  reopen: { method: 'DELETE', path: '/v1/admin/close', access: 'owner', answer: null },
  members: { method: 'GET', path: '/v1/admin/members', access: 'admin', query: MemberQuery, answer: MemberPage },
  changeMember: {
    method: 'PATCH',
    path: '/v1/admin/members/{id}',
    access: 'admin',
    params: byId,
    body: MemberChange,
    answer: null,
  },
  allowances: { method: 'GET', path: '/v1/admin/allowances', access: 'admin', answer: Allowances },
  grantAllowance: {
    method: 'POST',
    path: '/v1/admin/allowances',
    access: 'admin',
    body: AllowanceDraft,
    answer: Allowances,
  },
  changeAllowance: {
    method: 'PATCH',
    path: '/v1/admin/allowances/{id}',
    access: 'admin',
    params: byId,
    body: AllowanceChange,
    answer: Allowances,
  },
  removeAllowance: {
    method: 'DELETE',
    path: '/v1/admin/allowances/{id}',
    access: 'admin',
    params: byId,
    answer: Allowances,
  },
  removeMember: { method: 'DELETE', path: '/v1/admin/members/{id}', access: 'admin', params: byId, answer: null },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;

/** The body, query and answer of an endpoint as static types; `undefined` where it has none. */
export type BodyOf<Name extends EndpointName> = PartOf<Name, 'body'>;
export type QueryOf<Name extends EndpointName> = PartOf<Name, 'query'>;
export type ParamsOf<Name extends EndpointName> = PartOf<Name, 'params'>;
export type AnswerOf<Name extends EndpointName> = PartOf<Name, 'answer'>;

type PartOf<Name extends EndpointName, Part extends string> = (typeof endpoints)[Name] extends {
  readonly [Key in Part]: infer Schema extends TSchema;
}
  ? Type.Static<Schema>
  : undefined;
