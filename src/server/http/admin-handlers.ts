import type { AuditEntry } from '../../team/protocol/admin.ts';
import { draftProblem, newPolicy } from '../policy/new-policy.ts';
import { eraseAllNoted, eraseNoted } from '../store/noted-erasure.ts';
import type { AuditRecord } from '../store/records.ts';
import { flagOf } from './me-handlers.ts';
import { readPolicy } from './policies.ts';
import { problemError } from './problem-error.ts';
import type { Handlers } from './route.ts';
import { actor } from './team-handlers.ts';

const pageSize = 100;

/** Running the organisation: its policy, its members as members see them, the audit, the end. */
export const adminHandlers: Pick<
  Handlers,
  'policy' | 'setPolicy' | 'audit' | 'close' | 'reopen' | 'members' | 'changeMember' | 'removeMember'
> = {
  async policy({ store, org }) {
    const policies = await store.policies({ org });
    const [current] = policies;
    return {
      policy: current === undefined ? null : readPolicy(current),
      versions: policies.map(({ version, at, sha256 }) => ({ version, since: new Date(at).toISOString(), sha256 })),
    };
  },

  async setPolicy({ store, org, sessions, snapshots }, { session, body, now }) {
    const problem = draftProblem(body);
    if (problem !== undefined) throw problemError('invalid_request', { detail: problem });
    const before = await store.policies({ org });
    const policy = newPolicy(body, (before[0]?.version ?? 0) + 1, now);
    const result = await store.setPolicy({
      org,
      by: actor(session),
      version: policy.version,
      sha256: policy.sha256,
      body: JSON.stringify(policy),
      now,
    });
    sessions.forget(null);
    if (result === 'version_taken') throw problemError('policy_changed', { policyVersion: policy.version });
    snapshots.forget();
    return policy;
  },

  async audit({ store, org }, { query }) {
    const limit = query.limit ?? pageSize;
    const entries = await store.audit({ org, before: query.before ?? null, limit });
    return {
      entries: entries.map(entryOf),
      next: entries.length < limit ? null : (entries.at(-1)?.id ?? null),
    };
  },

  async close({ store, org, sessions, snapshots, erasures }, { session, body, now }) {
    const by = actor(session);
    await store.setClosed({ org, by, notice: body.notice, now });
    sessions.forget(null);
    snapshots.forget();
    if (!body.erase) return;
    await eraseAllNoted(store, erasures, { org, by, now });
    sessions.forget(null);
  },

  async reopen({ store, org, sessions, snapshots }, { session, now }) {
    await store.setClosed({ org, by: actor(session), notice: null, now });
    sessions.forget(null);
    snapshots.forget();
  },

  async members({ store, org }, { query }) {
    const limit = query.limit ?? pageSize;
    const members = await store.members({ org, after: query.after ?? 0, limit });
    return {
      members: members.map((member) => ({ ...member, teams: [...member.teams], flag: flagOf(member.flag) })),
      next: members.length < limit ? null : (members.at(-1)?.id ?? null),
    };
  },

  async changeMember({ store, org, sessions, snapshots }, { session, params, body, now }) {
    // Whoever could make owners could make oneself one.
    if (body.role !== undefined && session.role !== 'owner') throw problemError('not_allowed');
    const { role, hidden, reason } = body;
    const result = await store.changeMember({ org, member: params.id, role, hidden, by: actor(session), reason, now });
    if (result === 'gone') throw problemError('not_found');
    if (result === 'last_owner') throw problemError('last_owner');
    sessions.forget(params.id);
    snapshots.forget();
  },

  async removeMember({ store, org, sessions, snapshots, erasures }, { session, params, now }) {
    const record = await store.member({ org, member: params.id });
    if (record === null) throw problemError('not_found');
    if (record.role !== 'member' && session.role !== 'owner') throw problemError('not_allowed');
    const by = actor(session);
    const result = await eraseNoted(store, erasures, { org, member: params.id, by, action: 'member.remove', now });
    if (result === 'gone') throw problemError('not_found');
    if (result === 'last_owner') throw problemError('last_owner');
    sessions.forget(params.id);
    snapshots.forget();
  },
};

function entryOf({ at, ...entry }: AuditRecord): AuditEntry {
  return { ...entry, at: new Date(at).toISOString() };
}
