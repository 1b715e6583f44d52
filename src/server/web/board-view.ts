import type { BoardInfo, Snapshot, Standing } from '../../team/protocol/board.ts';
import type { Me } from '../../team/protocol/me.ts';
import type { Policy } from '../../team/protocol/policy.ts';
import { type MetricId, metricIds, metrics, type WindowId, windowIds } from '../../team/protocol/terms.ts';
import { problemError } from '../http/problem-error.ts';
import { ask, type Visit } from './ask.ts';
import type { Viewer } from './page.ts';
import { viewerOf } from './viewer.ts';

/** What an address says about a board: `?board=0&window=30d&metric=fresh&all=1`. */
export interface BoardChoice {
  readonly board?: string;
  readonly window?: string;
  readonly metric?: string;
  readonly all?: string;
  readonly by?: string;
}

/** All that a board's pages show. */
export interface BoardView {
  readonly policy: Policy;
  readonly me: Me;
  readonly viewer: Viewer;
  readonly boards: readonly BoardInfo[];
  readonly info: BoardInfo;
  readonly snapshot: Snapshot;
  /** Undefined while the board is closed. */
  readonly standing: Standing | undefined;
  /** Where in the snapshot's rows one's own is; -1 where one is not listed. */
  readonly own: number;
}

/** Asks for a board as any client does; throws the problem of the first answer that is one. */
export async function boardView(visit: Visit, choice: BoardChoice): Promise<BoardView> {
  const { context, session, now } = visit;
  const [{ boards }, me] = await Promise.all([ask(visit, 'boards', {}), ask(visit, 'me', {})]);
  const info = boards.find(({ id }) => String(id) === (choice.board ?? '0'));
  if (info === undefined) throw problemError('not_found');
  const metric = metricIds.find((one) => one === choice.metric && info.metrics.includes(one)) ?? info.defaultMetric;
  const window = windowFor(info, metric, choice.window);
  const asked = { params: { id: info.id }, query: { window, metric } };
  const [snapshot, standing, served, policy, viewer] = await Promise.all([
    ask(visit, 'board', asked),
    session.closed === null ? ask(visit, 'standing', asked) : undefined,
    context.snapshots.of({ board: info.id, window, metric }, now),
    context.policies.of(session.policyVersion),
    viewerOf(visit, me, info),
  ]);
  // Rows may have left between the two: only where both are of one state is a place in one a place in the other.
  const same = served?.body === snapshot;
  const own = same ? served.members.indexOf(session.member) : -1;
  return { policy, me, viewer, boards, info, snapshot, standing, own };
}

/** The windows in which a board shows a metric. */
export function windowsFor(info: BoardInfo, metric: MetricId): readonly WindowId[] {
  return info.windows.filter((window) => metrics[metric].windows.includes(window));
}

function windowFor(info: BoardInfo, metric: MetricId, told: string | undefined): WindowId {
  const offered = windowsFor(info, metric);
  const chosen = windowIds.find((one) => one === told && offered.includes(one));
  return chosen ?? (offered.includes(info.defaultWindow) ? info.defaultWindow : (offered[0] ?? info.defaultWindow));
}
