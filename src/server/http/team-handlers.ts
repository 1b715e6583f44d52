import type { Actor, InviteRecord, Session } from '../store/records.ts';
import { cleanName } from './member-name.ts';
import { currentPolicy } from './policies.ts';
import { problemError } from './problem-error.ts';
import type { Handlers } from './route.ts';
import { hashOf, newSecret } from './secrets.ts';
import type { ServerContext } from './server-context.ts';

const dayMs = 86_400_000;

/** Teams and invites. What a person may not run is as if it were not there. */
export const teamHandlers: Pick<
  Handlers,
  | 'teams'
  | 'createTeam'
  | 'renameTeam'
  | 'removeTeam'
  | 'teamMembers'
  | 'setTeamRole'
  | 'removeFromTeam'
  | 'createInvite'
  | 'invites'
  | 'revokeInvite'
> = {
  async teams({ store, org }, { session }) {
    const teams = await store.teams({ org, member: session.member });
    return { teams: teams.filter(({ role }) => role !== null || runsAll(session)) };
  },

  async createTeam({ store, org }, { session, body, now }) {
    const name = nameFrom(body.name);
    const id = await store.createTeam({ org, name, by: actor(session), now });
    if (id === 'name_taken') throw problemError('name_taken');
    return { id, name, role: null };
  },

  async renameTeam(context, { session, params, body, now }) {
    const role = await roleIn(context, session, params.id);
    const name = nameFrom(body.name);
    const { store, org } = context;
    const result = await store.renameTeam({ org, team: params.id, name, by: actor(session), now });
    if (result === 'name_taken') throw problemError('name_taken');
    if (result === 'gone') throw problemError('not_found');
    return { id: params.id, name, role };
  },

  async removeTeam(context, { session, params, now }) {
    await roleIn(context, session, params.id);
    const { store, org, snapshots } = context;
    if (!(await store.removeTeam({ org, team: params.id, by: actor(session), now }))) throw problemError('not_found');
    snapshots.forget();
  },

  async teamMembers(context, { session, params }) {
    await roleIn(context, session, params.id);
    const members = await context.store.teamMembers({ org: context.org, team: params.id });
    return { members: [...members] };
  },

  async setTeamRole(context, { session, params, body, now }) {
    await roleIn(context, session, params.id);
    await changeTeamRole(context, session, params, body.role, now);
  },

  async removeFromTeam(context, { session, params, now }) {
    if (params.member !== session.member) await roleIn(context, session, params.id);
    await changeTeamRole(context, session, params, null, now);
  },

  async createInvite(context, { session, body, now }) {
    const { store, org, publicUrl } = context;
    // A session may be a second old, which is longer than an owner needs from the policy to the first invite.
    if (session.policyVersion === 0) await currentPolicy(store);
    if (body.team === null) {
      if (!runsAll(session)) throw problemError('not_found');
    } else await roleIn(context, session, body.team);
    if (body.role !== 'member' && session.role !== 'owner') throw problemError('not_allowed');
    const secret = newSecret();
    const made = await store.createInvite({
      org,
      hash: hashOf(secret),
      team: body.team,
      role: body.role,
      teamRole: body.teamRole,
      member: null,
      by: actor(session),
      uses: body.uses,
      expiresAt: now + body.days * dayMs,
      now,
    });
    if (made === 'no_team') throw problemError('not_found');
    if (made === 'not_allowed') throw problemError('not_allowed');
    return { ...inviteOf(made), secret, url: `${publicUrl}/join#${secret}` };
  },

  async invites(context, { session, now }) {
    return { invites: (await invitesOf(context, session, now)).map(inviteOf) };
  },

  async revokeInvite(context, { session, params, now }) {
    const { store, org } = context;
    const known = (await invitesOf(context, session, now)).some(({ id }) => id === params.id);
    if (!known || !(await store.revokeInvite({ org, invite: params.id, by: actor(session), now }))) {
      throw problemError('not_found');
    }
  },
};

/** Who acts, for the audit. */
export function actor({ member, role }: Session): Actor {
  return { member, role };
}

function runsAll({ role }: Session): boolean {
  return role === 'owner' || role === 'admin';
}

/** The asker's role in a team that one may run; 404 for all other teams. */
async function roleIn({ store, org }: ServerContext, session: Session, team: number) {
  const found = (await store.teams({ org, member: session.member })).find(({ id }) => id === team);
  if (found === undefined || (found.role !== 'owner' && !runsAll(session))) throw problemError('not_found');
  return found.role;
}

/** The invites that one may revoke; 404 where one runs no team. */
async function invitesOf({ store, org }: ServerContext, session: Session, now: number): Promise<InviteRecord[]> {
  if (runsAll(session)) return [...(await store.invites({ org, team: null, now }))];
  const own = (await store.teams({ org, member: session.member })).filter(({ role }) => role === 'owner');
  if (own.length === 0) throw problemError('not_found');
  return (await Promise.all(own.map(({ id }) => store.invites({ org, team: id, now })))).flat();
}

async function changeTeamRole(
  { store, org, snapshots }: ServerContext,
  session: Session,
  { id: team, member }: { readonly id: number; readonly member: number },
  role: 'owner' | 'member' | null,
  now: number,
): Promise<void> {
  const result = await store.setTeamRole({ org, team, member, role, by: actor(session), now });
  if (result === 'gone') throw problemError('not_found');
  snapshots.forget();
}

function nameFrom(name: string): string {
  const clean = cleanName(name);
  if (clean === undefined) throw problemError('invalid_request', { detail: 'The name shows nothing.' });
  return clean;
}

function inviteOf({ id, team, role, teamRole, uses, used, expiresAt }: InviteRecord) {
  return { id, team, role, teamRole, uses, used, expiresAt: new Date(expiresAt).toISOString() };
}
