import { call } from './call.ts';
import { notJoined } from './change.ts';
import type { Result } from './failure.ts';
import type { Export } from './protocol/me.ts';
import type { Team } from './team.ts';

/** Everything that the server keeps about this member. */
export async function exportOwnData(team: Team): Promise<Result<Export>> {
  const state = team.store.state();
  const membership = state.membership ?? state.leaving?.membership;
  if (membership === undefined) return { ok: false, failure: notJoined };
  const answer = await call(team, 'export', { origin: membership.origin });
  return answer.ok ? { ok: true, value: answer.value.value } : answer;
}
