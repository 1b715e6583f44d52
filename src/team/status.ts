import { type Failure, failureCode } from './failure.ts';
import { type MachinePolicy, mayShareWith } from './machine-policy.ts';
import { isPaused } from './pause.ts';
import type { Membership, TeamState } from './state.ts';
import { pendingCount } from './sync.ts';
import type { Team } from './team.ts';

export type SharingState =
  | 'off'
  | 'forbidden'
  | 'on'
  | 'paused'
  /** The server cannot be reached or refuses; it is tried again. */
  | 'failing'
  /** A person has to decide: `code` tells what. */
  | 'asks'
  | 'signed_out'
  | 'leaving'
  /** The server ended the membership. */
  | 'ended';

/** How sharing stands, for a tooltip's line, a page, a command. */
export interface TeamStatus {
  readonly state: SharingState;
  /** Names the sentence in `sentences.ts`. */
  readonly code: string;
  readonly organisation: string | null;
  readonly membership: Membership | null;
  readonly failure: Failure | null;
  /** Since when it fails. */
  readonly since: number | null;
  readonly pausedUntil: TeamState['pausedUntil'];
  readonly lastSync: TeamState['lastSync'];
  readonly nextAt: number | null;
  /** Cells that wait for the server, and that it refused. */
  readonly pending: number;
  readonly aside: number;
  /** How far this machine's clock is behind the server's, milliseconds. */
  readonly skewMs: number;
  readonly machinePolicy: MachinePolicy;
}

/** Asks the disk alone. */
export async function teamStatus(team: Team): Promise<TeamStatus> {
  const state = team.store.state();
  const { membership, leaving, ended, failing, pausedUntil, lastSync, nextAt, skewMs } = state;
  const machinePolicy = team.machinePolicy();
  const now = team.now();
  const organisation = (membership ?? leaving?.membership)?.organisation ?? ended?.organisation ?? null;
  const isHere = membership !== null || leaving !== null;
  const { state: sharing, code } = await standing(team, state, machinePolicy, now);
  return {
    ...{ state: sharing, code, organisation, membership, lastSync, skewMs, machinePolicy },
    failure: failing?.failure ?? null,
    since: failing?.since ?? null,
    pausedUntil: isPaused(state, now) ? pausedUntil : null,
    nextAt: isHere ? nextAt : null,
    ...pendingCount(team),
  };
}

async function standing(
  team: Team,
  state: TeamState,
  machinePolicy: MachinePolicy,
  now: number,
): Promise<Pick<TeamStatus, 'state' | 'code'>> {
  const { membership, leaving, ended, halt, failing } = state;
  if (leaving !== null)
    return { state: 'leaving', code: leaving.refused === null ? 'leaving' : `leaving_${leaving.refused}` };
  if (membership === null) {
    if (ended !== null) return { state: 'ended', code: 'member_erased' };
    return machinePolicy.sharing
      ? { state: 'off', code: 'off' }
      : { state: 'forbidden', code: forbiddenCode(machinePolicy) };
  }
  if (!mayShareWith(machinePolicy, membership.origin))
    return { state: 'forbidden', code: forbiddenCode(machinePolicy) };
  if (isPaused(state, now))
    return { state: 'paused', code: state.pausedUntil === 'resumed' ? 'paused' : 'paused_until' };
  if ((await team.tokens.get(membership.origin)) === undefined)
    return { state: 'signed_out', code: team.client.kind === 'command' ? 'signed_out_command' : 'signed_out' };
  if (membership.consent === null) return { state: 'asks', code: 'policy_missing' };
  if (halt?.kind === 'consent') return { state: 'asks', code: 'consent_required' };
  if (halt?.kind === 'overlap')
    return { state: 'asks', code: team.client.kind === 'command' ? 'device_overlap_command' : 'device_overlap' };
  if (halt?.kind === 'upgrade') return { state: 'asks', code: 'upgrade_required' };
  if (failing !== null) return { state: 'failing', code: failureCode(failing.failure) };
  return { state: 'on', code: 'on' };
}

function forbiddenCode({ state, sharing }: MachinePolicy): string {
  if (state === 'unreadable') return 'forbidden_unreadable';
  return sharing ? 'forbidden_server' : 'forbidden';
}

/** The person has read that the membership ended. */
export function acknowledgeEnd(team: Team): void {
  if (team.store.state().ended !== null) team.store.wipe();
}
