import { call } from './call.ts';
import { notJoined } from './change.ts';
import type { Result } from './failure.ts';
import type { Team } from './team.ts';

/** An address that opens the board in a browser, signed in as this member: for a minute and once. */
export async function webLink(team: Team): Promise<Result<string>> {
  const { membership } = team.store.state();
  if (membership === null) return { ok: false, failure: notJoined };
  const { origin } = membership;
  const answer = await call(team, 'webCode', { origin, body: {} });
  return answer.ok ? { ok: true, value: `${origin}/sign-in#${answer.value.value.code}` } : answer;
}
