import type { Consent } from '../../team/protocol/consent.ts';
import { deviceCodeMs } from '../../team/protocol/limits.ts';
import type { Flag, Me } from '../../team/protocol/me.ts';
import type { ToolId } from '../../usage/tool-id.ts';
import { utcDay } from '../boards/schedule.ts';
import { eraseNoted } from '../store/noted-erasure.ts';
import type { MemberFlag, MemberRecord, Session, StoredConsent } from '../store/records.ts';
import { ownAllowances } from './allowance-handlers.ts';
import { problemError } from './problem-error.ts';
import type { Handlers } from './route.ts';
import { hashOf, newSecret } from './secrets.ts';

const iso = (time: number): string => new Date(time).toISOString();

/** Everything about oneself. */
export const meHandlers: Pick<
  Handlers,
  'me' | 'eraseMe' | 'usage' | 'export' | 'views' | 'devices' | 'deviceCode' | 'removeDevice'
> = {
  async me({ store, org }, { session }) {
    const record = await store.member({ org, member: session.member });
    if (record === null) throw problemError('member_erased');
    return meOf(record, session);
  },

  async eraseMe({ store, org, erasures, sessions, snapshots }, { session, now }) {
    const { member, role } = session;
    const order = { org, member, by: { member, role }, action: 'member.leave' as const, now };
    const result = await eraseNoted(store, erasures, order);
    if (result === 'last_owner') throw problemError('last_owner');
    sessions.forget(member);
    snapshots.forget();
  },

  async usage({ store, org }, { session, query }) {
    const except = query.devices === 'others' ? session.device : undefined;
    const [{ days, models }, record] = await Promise.all([
      store.usage({ org, member: session.member, except }),
      store.member({ org, member: session.member }),
    ]);
    const joined = record?.joinedDay ?? '';
    return {
      days: days.map((day) => ({ ...day, beforeJoining: day.day < joined })),
      models: models.map((one) => ({ ...one, tool: one.tool as ToolId })),
    };
  },

  async export(context, { session, now }) {
    const { store, org } = context;
    const all = await store.exportMember({ org, member: session.member, now });
    if (all === null) throw problemError('member_erased');
    const joined = all.member.joinedDay;
    return {
      exportedAt: iso(now),
      me: meOf(all.member, session),
      consents: all.consents.map((consent) => consentOf(consent, all.member)),
      devices: all.member.devices.map((device) => deviceOf(device, session)),
      cells: [...all.cells],
      days: all.days.map((day) => ({ ...day, beforeJoining: day.day < joined })),
      allowances: (await ownAllowances(context, session, now)).allowances,
      pseudonyms: all.member.boards.flatMap(({ board, pseudonym }) =>
        pseudonym === null ? [] : [{ board, pseudonym }],
      ),
      badges: [...all.member.badges],
      signIn: all.confirmedAt === null ? null : { confirmedAt: iso(all.confirmedAt) },
      audit: all.audit.map(({ at, action, actor, board }) => ({
        at: iso(at),
        action,
        byMe: actor === session.member,
        board,
      })),
      views: [...all.views],
    };
  },

  async views({ store, org }, { session }) {
    const views = await store.views({ org, member: session.member });
    return { total: views.reduce((sum, { count }) => sum + count, 0), views: [...views] };
  },

  async devices({ store, org }, { session }) {
    const record = await store.member({ org, member: session.member });
    return { devices: (record?.devices ?? []).map((device) => deviceOf(device, session)) };
  },

  async deviceCode({ store, org }, { session, now }) {
    const code = newSecret();
    const expiresAt = now + deviceCodeMs;
    const { member, role } = session;
    const made = await store.createInvite({
      org,
      hash: hashOf(code),
      team: null,
      role: 'member',
      teamRole: 'member',
      member,
      by: { member, role },
      uses: 1,
      expiresAt,
      now,
    });
    if (typeof made === 'string') throw problemError('not_allowed');
    return { code, expiresAt: iso(expiresAt) };
  },

  async removeDevice({ store, org, sessions }, { session, params, now }) {
    const removed = await store.removeDevice({ org, member: session.member, device: params.id, now });
    if (!removed) throw problemError('not_found');
    sessions.forget(session.member);
  },
};

function meOf(record: MemberRecord, session: Session): Me {
  const { consent } = record;
  return {
    member: record.member,
    role: record.role,
    joinedDay: record.joinedDay,
    device: session.device,
    consent: consent === null || consent.withdrawnAt !== null ? null : consentOf(consent, record),
    consentRequired: session.policyVersion === 0 || session.consentVersion !== session.policyVersion,
    teams: [...record.teams],
    flag: flagOf(record.flag),
    hidden: record.hidden,
  };
}

function consentOf(consent: StoredConsent, { boards }: MemberRecord): Consent {
  return {
    policyVersion: consent.version,
    policySha256: consent.sha256,
    visibility: consent.visibility,
    boards: boards.flatMap(({ board, visibility }) => (visibility === null ? [] : [{ board, visibility }])),
    models: consent.models,
    badges: consent.badges,
    timeBadges: consent.timeBadges,
    displayName: consent.displayName,
    at: iso(consent.at),
  };
}

/** A flag as everyone is told it. */
export function flagOf(flag: MemberFlag | null): Flag | null {
  return flag === null ? null : { reason: flag.reason, since: iso(flag.since), until: iso(flag.until) };
}

function deviceOf({ id, addedAt, lastSyncAt, clients }: MemberRecord['devices'][number], session: Session) {
  return {
    id,
    addedDay: utcDay(addedAt),
    lastSyncDay: lastSyncAt === null ? null : utcDay(lastSyncAt),
    clients: [...clients],
    current: id === session.device,
  };
}
