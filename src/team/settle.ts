import { type Failure, isProblem } from './failure.ts';
import { forgetTeam } from './forget-team.ts';
import type { Halt, Membership } from './state.ts';
import type { SyncOutcome } from './sync.ts';
import type { Team } from './team.ts';
import { retryMs, soonMs } from './timing.ts';

const hourMs = 3_600_000;

/** Keeps what went wrong and when to try again, after `leastMs` or more; stops where a person has to decide; forgets everything where the server did. */
export async function settleFailure(
  team: Team,
  membership: Membership,
  failure: Failure,
  leastMs = 0,
): Promise<SyncOutcome> {
  // Left meanwhile, in another window: then nothing of this matters.
  if (team.store.state().membership === null) return { kind: 'off' };
  if (isProblem(failure, 'member_erased')) {
    await forgetTeam(team, membership.origin, membership.organisation);
    return { kind: 'ended', organisation: membership.organisation };
  }
  const halt = haltOf(failure, team);
  const cadence = membership.policy?.cadence ?? 'daily';
  const least = failure.retryAfterMs ?? Math.max(leastMs, patience(failure));
  team.store.change((state) => {
    if (state.membership === null) return state;
    const since = state.failing?.since ?? team.now();
    const failing = failure.kind === 'signed_out' ? state.failing : { failure, since };
    // Whoever has just joined waits for the first upload.
    const wait =
      state.lastSync === null
        ? soonMs(team.now() - since, team.random(), least)
        : retryMs(cadence, team.random(), least);
    return { ...state, halt, failing, nextAt: team.now() + wait };
  });
  if (failure.kind === 'signed_out') return { kind: 'signed_out' };
  return halt === null ? { kind: 'failed', failure } : { kind: 'halted', halt };
}

function haltOf(failure: Failure, team: Team): Halt | null {
  if (failure.kind !== 'problem') return null;
  const { code, policyVersion = null, device } = failure.problem;
  if (code === 'consent_required' || code === 'policy_changed') return { kind: 'consent', policyVersion };
  if (code === 'device_overlap' && device !== undefined) return { kind: 'overlap', device };
  return code === 'upgrade_required' ? { kind: 'upgrade', client: team.client.version } : null;
}

/** A board that is closed or has no policy is asked again now and then; so is a server that understands nothing. */
function patience(failure: Failure): number {
  if (failure.kind !== 'problem') return 0;
  const { code, status } = failure.problem;
  if (code === 'board_closed' || code === 'policy_missing') return hourMs;
  return status >= 400 && status < 500 && status !== 429 && status !== 408 ? hourMs : 0;
}
