import Type, { type Static } from 'typebox';
import { closed, Id, Instant, Name, nullable, RoleTerm, Secret, TeamRoleTerm } from './basics.ts';
import { maxInviteDays, maxInviteUses } from './limits.ts';

export const Team = closed({
  id: Id,
  name: Type.String(),
  /** The asker's role in it; null for an owner of the organisation who is not in it. */
  role: nullable(TeamRoleTerm),
});
export type Team = Static<typeof Team>;

/** `GET /v1/teams`: one's own; all for owners and admins of the organisation. */
export const TeamList = closed({ teams: Type.Array(Team) });
/** `POST /v1/teams` and `PATCH /v1/teams/{id}`. */
export const TeamDraft = closed({ name: Name });
export type TeamDraft = Static<typeof TeamDraft>;

/** `GET /v1/teams/{id}/members`, for its owners: who is in it, never what they use. */
export const TeamMembers = closed({
  members: Type.Array(closed({ id: Id, name: nullable(Type.String()), role: TeamRoleTerm })),
});
/** `PUT /v1/teams/{id}/members/{member}`. */
export const TeamRoleDraft = closed({ role: TeamRoleTerm });

/** `POST /v1/invites`: into the organisation, and into a team where one is named. */
export const InviteDraft = closed({
  team: nullable(Id),
  /** Role in the organisation; only an owner invites admins and owners. */
  role: RoleTerm,
  teamRole: TeamRoleTerm,
  uses: Type.Integer({ minimum: 1, maximum: maxInviteUses }),
  days: Type.Integer({ minimum: 1, maximum: maxInviteDays }),
});
export type InviteDraft = Static<typeof InviteDraft>;

export const Invite = closed({
  id: Id,
  team: nullable(Id),
  role: RoleTerm,
  teamRole: TeamRoleTerm,
  uses: Type.Integer(),
  used: Type.Integer(),
  expiresAt: Instant,
});
export type Invite = Static<typeof Invite>;

/** The secret is told this once; the link has it in the fragment. */
export const NewInvite = closed({ ...Invite.properties, secret: Secret, url: Type.String() });
export type NewInvite = Static<typeof NewInvite>;
export const InviteList = closed({ invites: Type.Array(Invite) });
