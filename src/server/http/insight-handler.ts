import type { Insights } from '../../team/protocol/insights.ts';
import { organisationBoard } from '../../team/protocol/terms.ts';
import type { InsightBody } from '../boards/insights.ts';
import type { Session } from '../store/records.ts';
import { currentPolicy } from './policies.ts';
import { problemError } from './problem-error.ts';
import type { Handlers } from './route.ts';
import type { ServerContext } from './server-context.ts';

/** What a manager may see of a group: what was published, never anything newer. */
export const insightHandler: Pick<Handlers, 'insights'> = {
  async insights(context, { session, params }) {
    const { store, org } = context;
    const board = params.id;
    const policy = await currentPolicy(store);
    const names = await namesFor(context, session, board, policy.organisation);
    const head = { board, name: names.get(board) ?? '', policyVersion: policy.version, k: policy.k };
    if (session.closed !== null) return { ...nothing, ...head, state: 'closed', notice: session.closed };
    const published = await store.insights({ org, board });
    if (published === null) return { ...nothing, ...head };
    const { allowances, ...figures } = JSON.parse(published.body) as InsightBody;
    return {
      ...head,
      ...figures,
      state: 'open',
      notice: null,
      builtAt: new Date(published.builtAt).toISOString(),
      policyVersion: published.policyVersion,
      allowances: allowances.flatMap(({ id: _id, team, ...pool }) => {
        const name = names.get(team);
        return name === undefined ? [] : [{ ...pool, team, name }];
      }),
    };
  },
};

/** The names of the group and, for the organisation's, of its teams; 404 for whoever does not run it. */
async function namesFor(
  { store, org }: ServerContext,
  session: Session,
  board: number,
  organisation: string,
): Promise<ReadonlyMap<number, string>> {
  const runsAll = session.role !== 'member';
  const teams = await store.teams({ org, member: session.member });
  if (board === organisationBoard) {
    if (!runsAll) throw problemError('not_found');
    return new Map([[board, organisation], ...teams.map(({ id, name }) => [id, name] as const)]);
  }
  const team = teams.find(({ id }) => id === board);
  if (team === undefined || (team.role !== 'owner' && !runsAll)) throw problemError('not_found');
  return new Map([[board, team.name]]);
}

const nothing: Omit<Insights, 'board' | 'name' | 'policyVersion' | 'k'> = {
  state: 'waiting',
  notice: null,
  builtAt: null,
  nextAt: null,
  from: null,
  to: null,
  withheld: null,
  members: null,
  participation: null,
  median: null,
  quartiles: null,
  activeDays: null,
  cacheShare: null,
  tools: null,
  models: null,
  allowances: [],
};
