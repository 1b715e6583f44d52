import type { BoardInfo, BoardQuery, Snapshot } from '../../team/protocol/board.ts';
import { rowDigits } from '../../team/protocol/limits.ts';
import type { Policy } from '../../team/protocol/policy.ts';
import { defaultWindow, metrics, organisationBoard } from '../../team/protocol/terms.ts';
import { roundTo } from '../boards/rounding.ts';
import { windowsOf } from '../boards/schedule.ts';
import type { MemberRecord, SeriesKey, Session } from '../store/records.ts';
import { ownValue } from './own-window.ts';
import { problemError } from './problem-error.ts';
import { renewPseudonym } from './renew-pseudonym.ts';
import type { Handlers } from './route.ts';
import type { ServerContext } from './server-context.ts';

/** Views that were written down lately, so that looking again at the same snapshot costs nothing. */
const mostViews = 50_000;

/** The boards: which there are, what they show, where one stands. */
export function boardHandlers(): Pick<Handlers, 'boards' | 'board' | 'standing' | 'pseudonym'> {
  const viewed = new Set<string>();

  async function noteView({ store, org }: ServerContext, session: Session, key: SeriesKey, seq: number, now: number) {
    const view = `${session.member} ${key.board} ${key.window} ${key.metric} ${seq}`;
    if (viewed.has(view)) return;
    await store.recordView({ org, ...key, viewer: session.member, role: session.role, seq, now });
    if (viewed.size >= mostViews) viewed.clear();
    viewed.add(view);
  }

  return {
    async boards(context, { session }) {
      const [policy, member] = await Promise.all([
        context.policies.of(session.policyVersion),
        memberOf(context, session),
      ]);
      const teams = member.teams.map(({ id, name }) => ({ id, name, kind: 'team' as const }));
      const own = { id: organisationBoard, name: policy.organisation, kind: 'organisation' as const };
      return { boards: [own, ...teams].map((board) => boardInfo(board, policy, member, session)) };
    },

    async board(context, { session, params, query, now, reply }) {
      const policy = await context.policies.of(session.policyVersion);
      const { key, name } = await seriesFor(context, session, params.id, query);
      if (session.closed !== null) return unpublished(key, name, policy, session.closed);
      const served = await context.snapshots.of(key, now);
      if (served === undefined) return unpublished(key, name, policy, null);
      await noteView(context, session, key, served.body.seq, now);
      reply.header('etag', served.etag);
      return served.body;
    },

    async standing(context, { session, params, query, now }) {
      const { store, policies, snapshots } = context;
      const { quiet, k } = await policies.of(session.policyVersion);
      const { key } = await seriesFor(context, session, params.id, query);
      const { org, member } = session;
      const [record, own, served] = await Promise.all([
        memberOf(context, session),
        store.standing({ org, member, ...key }),
        snapshots.of(key, now),
      ]);
      const listed = served === undefined ? -1 : served.members.indexOf(member);
      const value =
        own === null
          ? ownValue(await store.usage({ org, member }), { ...key, joinedDay: record.joinedDay, now })
          : own.value;
      const place = own !== null && value !== null && value > 0 ? await snapshots.place(key, value, now) : null;
      // Among fewer than k the place would tell of the others, and so would the distance where nobody is listed.
      const among = place !== null && place.of >= k;
      const next = among && !quiet ? place.next : null;
      return {
        ...key,
        value,
        rank: place !== null && (among || !quiet) ? place.above + 1 : null,
        percentile: among ? Math.round(((place.of - place.above) / place.of) * 100) : null,
        toNext: next === null ? null : roundTo(next - (value ?? 0), rowDigits),
        listedRank: served?.body.rows[listed]?.rank ?? null,
        visibility: visibilityOn(record, key.board),
        seq: served?.body.seq ?? 0,
      };
    },

    async pseudonym(context, { session, body }) {
      await seriesFor(context, session, body.board, {});
      const name = await renewPseudonym(context, body.board, session.member);
      context.snapshots.forget();
      return { board: body.board, pseudonym: name };
    },
  };
}

async function memberOf({ store, org }: ServerContext, { member }: Session): Promise<MemberRecord> {
  const record = await store.member({ org, member });
  if (record === null) throw problemError('member_erased');
  return record;
}

/** The series that is asked for, and its board's name; what belongs to another team, or is not shown, is not there. */
async function seriesFor(
  context: ServerContext,
  session: Session,
  board: number,
  query: BoardQuery,
): Promise<{ readonly key: SeriesKey; readonly name: string }> {
  const policy = await context.policies.of(session.policyVersion);
  const name =
    board === organisationBoard
      ? policy.organisation
      : (await memberOf(context, session)).teams.find(({ id }) => id === board)?.name;
  if (name === undefined) throw problemError('not_found');
  const metric = query.metric ?? policy.defaultMetric;
  const window = query.window ?? defaultWindow;
  const shown = policy.metrics.includes(metric) && metrics[metric].windows.includes(window);
  if (!shown || !windowsOf(policy.cadence).includes(window)) throw problemError('not_found');
  return { key: { board, window, metric }, name };
}

function boardInfo(
  { id, name, kind }: { readonly id: number; readonly name: string; readonly kind: 'organisation' | 'team' },
  policy: Policy,
  member: MemberRecord,
  session: Session,
): BoardInfo {
  return {
    id,
    kind,
    name,
    state: session.closed === null ? 'open' : 'closed',
    notice: session.closed,
    cadence: policy.cadence,
    windows: [...windowsOf(policy.cadence)],
    metrics: [...policy.metrics],
    defaultWindow,
    defaultMetric: policy.defaultMetric,
    quiet: policy.quiet,
    visibility: visibilityOn(member, id),
    pseudonym: member.boards.find(({ board }) => board === id)?.pseudonym ?? null,
  };
}

function visibilityOn({ boards, consent }: MemberRecord, board: number): BoardInfo['visibility'] {
  return boards.find((own) => own.board === board)?.visibility ?? consent?.visibility ?? 'aggregate';
}

/** A board that was not published yet, or is closed with the owner's notice. */
function unpublished(key: SeriesKey, name: string, policy: Policy, notice: string | null): Snapshot {
  return {
    ...key,
    name,
    state: notice === null ? 'waiting' : 'closed',
    notice,
    seq: 0,
    builtAt: null,
    nextAt: null,
    from: null,
    to: null,
    policyVersion: policy.version,
    quiet: policy.quiet,
    topN: policy.topN,
    rows: [],
    total: null,
    histogram: null,
    teams: [],
  };
}
