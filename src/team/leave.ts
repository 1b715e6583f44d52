import { call } from './call.ts';
import { type Failure, isProblem } from './failure.ts';
import { forgetTeam } from './forget-team.ts';
import { takeLease } from './lease.ts';
import { noTeam } from './state.ts';
import type { Team } from './team.ts';
import { soonMs } from './timing.ts';

/** What came of leaving: confirmed by the server; a wish that waits for it; or refused, and everything as before. */
export type Left =
  | { readonly kind: 'left' }
  | { readonly kind: 'leaving' }
  | { readonly kind: 'last_owner' }
  | { readonly kind: 'off' };

/**
 * Leaves the team: from now on nothing is shared, and the server is asked to erase everything. Where it cannot be reached, the
 * cells on this machine go at once and the wish is kept until it has confirmed.
 */
export async function leave(team: Team): Promise<Left> {
  const before = team.store.state();
  const { membership } = before;
  if (membership === null) return { kind: 'off' };
  team.store.change((state) => ({
    ...noTeam,
    seq: state.seq,
    leaving: { at: team.now(), membership, refused: null },
  }));
  const failure = await erase(team, membership.origin);
  if (failure === undefined) {
    await forgetTeam(team, membership.origin);
    return { kind: 'left' };
  }
  if (isProblem(failure, 'last_owner')) {
    team.store.change(({ seq }) => ({ ...before, seq }));
    return { kind: 'last_owner' };
  }
  const database = team.store.database();
  database.exec('DELETE FROM cell; DELETE FROM frozen; DELETE FROM board');
  keepWish(team, failure);
  return { kind: 'leaving' };
}

/** Asks the server again for what it has not confirmed. */
export async function confirmLeaving(team: Team): Promise<{ readonly kind: 'left' | 'leaving' | 'busy' }> {
  const { leaving } = team.store.state();
  if (leaving === null) return { kind: 'left' };
  const lease = takeLease(team.dir, 'sync');
  if (lease === undefined) return { kind: 'busy' };
  let failure: Failure | undefined;
  try {
    failure = await erase(team, leaving.membership.origin);
    if (failure !== undefined) keepWish(team, failure);
  } finally {
    lease.release();
  }
  if (failure !== undefined) return { kind: 'leaving' };
  await forgetTeam(team, leaving.membership.origin);
  return { kind: 'left' };
}

/** Gives up a wish to leave that can never be confirmed, because this machine has no token any more; the owner can erase a member. */
export async function dropLeaving(team: Team): Promise<void> {
  const { leaving } = team.store.state();
  if (leaving !== null) await forgetTeam(team, leaving.membership.origin);
}

/** Undefined once the server holds nothing about the member. */
async function erase(team: Team, origin: string): Promise<Failure | undefined> {
  const answer = await call(team, 'eraseMe', { origin });
  return answer.ok || isProblem(answer.failure, 'member_erased') ? undefined : answer.failure;
}

function keepWish(team: Team, failure: Failure): void {
  const refused = isProblem(failure, 'last_owner') ? 'last_owner' : failure.kind === 'signed_out' ? 'signed_out' : null;
  team.store.change((state) => {
    if (state.leaving === null) return state;
    const since = state.failing?.since ?? team.now();
    return {
      ...state,
      leaving: { ...state.leaving, refused },
      failing: { failure, since },
      nextAt: team.now() + soonMs(team.now() - since, team.random(), failure.retryAfterMs),
    };
  });
}
