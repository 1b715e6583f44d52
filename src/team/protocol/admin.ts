import Type, { type Static } from 'typebox';
import { BoardId, Count, closed, Day, Id, Instant, Metric, nullable, RoleTerm, Text, Window } from './basics.ts';
import { Flag } from './me.ts';
import { Policy } from './policy.ts';

/** `GET /v1/admin/policy`; `PUT` takes a `PolicyDraft` and answers with the new policy. */
export const PolicyState = closed({
  policy: nullable(Policy),
  versions: Type.Array(closed({ version: Type.Integer(), since: Instant, sha256: Type.String() })),
});
export type PolicyState = Static<typeof PolicyState>;

/** Every act that is written down. */
export const auditActions = [
  'organisation.create',
  'policy.change',
  'member.join',
  'member.connect',
  'member.leave',
  'member.remove',
  'member.role',
  'member.hide',
  'member.show',
  'member.flag',
  'consent.give',
  'consent.withdraw',
  'device.add',
  'device.remove',
  'invite.create',
  'invite.revoke',
  'team.create',
  'team.rename',
  'team.remove',
  'team.member',
  'allowance.grant',
  'allowance.change',
  'allowance.remove',
  'token.reuse',
  'board.view',
  'board.close',
  'board.open',
  'data.erase',
  'data.export',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** One act. The actor is null when erased since, or when the server or the operator acted. */
export const AuditEntry = closed({
  id: Count,
  at: Instant,
  action: Type.Enum([...auditActions]),
  actor: nullable(Id),
  role: nullable(RoleTerm),
  /** The member, team, invite or device that was acted upon. */
  subject: nullable(Id),
  board: nullable(BoardId),
  window: nullable(Window),
  metric: nullable(Metric),
  /** The reason, where one is asked for. */
  reason: nullable(Text),
});
export type AuditEntry = Static<typeof AuditEntry>;

/** `GET /v1/admin/audit?before=&limit=`, newest first; `next` is the `before` of the following page. */
export const AuditQuery = closed({
  before: Type.Optional(Count),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});
export const AuditPage = closed({ entries: Type.Array(AuditEntry), next: nullable(Count) });
export type AuditPage = Static<typeof AuditPage>;

/** `POST /v1/admin/close`: every board answers with the notice at once; with `erase` all members' data is erased. */
export const CloseRequest = closed({ notice: Type.String({ minLength: 1, maxLength: 1000 }), erase: Type.Boolean() });
export type CloseRequest = Static<typeof CloseRequest>;

/** A member as admins see one: never what one uses. The name is null where one does not stand by name. */
export const AdminMember = closed({
  id: Id,
  name: nullable(Type.String()),
  role: RoleTerm,
  joinedDay: Day,
  teams: Type.Array(Id),
  consented: Type.Boolean(),
  hidden: Type.Boolean(),
  flag: nullable(Flag),
});
export type AdminMember = Static<typeof AdminMember>;

/** `GET /v1/admin/members?after=&limit=`, by id. */
export const MemberQuery = closed({
  after: Type.Optional(Count),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});
export const MemberPage = closed({ members: Type.Array(AdminMember), next: nullable(Count) });
export type MemberPage = Static<typeof MemberPage>;

/** `PATCH /v1/admin/members/{id}`: a role, or hiding from boards. The reason is written down and told to the member. */
export const MemberChange = closed({
  role: Type.Optional(RoleTerm),
  hidden: Type.Optional(Type.Boolean()),
  reason: Type.String({ minLength: 1, maxLength: 500 }),
});
export type MemberChange = Static<typeof MemberChange>;
