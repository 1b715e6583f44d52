import type { InsightsView } from '../../dashboard/protocol/allowances.ts';
import { look } from '../boards.ts';
import { organisationBoard } from '../protocol/terms.ts';
import { ask, joined, notice, type Talk } from './talk.ts';

/** How a group works with AI tools: of those that one runs the one that is asked for, else the first. */
export async function insightAnswer(talk: Talk, group: number | undefined): Promise<InsightsView> {
  const { team, say } = talk;
  const { organisation } = joined(talk);
  const [me, { teams }] = await Promise.all([ask(talk, 'me'), ask(talk, 'teams')]);
  const runsAll = me.role !== 'member';
  const groups = [
    ...(runsAll ? [{ id: organisationBoard, name: organisation }] : []),
    ...teams.filter(({ role }) => runsAll || role === 'owner').map(({ id, name }) => ({ id, name })),
  ];
  const chosen = groups.find(({ id }) => id === group) ?? groups[0];
  if (chosen === undefined) return { groups, insights: undefined, offline: undefined };
  const { value, failure } = await look(team, 'insights', { board: chosen.id });
  if (failure !== null) await notice(talk, failure);
  if (value === undefined) throw new Error(say.failure(failure));
  return { groups, insights: value, offline: failure === null ? undefined : say.failure(failure) };
}
