import type { SharingState, TeamStatus as StatusView } from '../../dashboard/protocol/team.ts';
import { lastSeen } from '../boards.ts';
import { asideCodes } from '../cell-table.ts';
import { isPaused } from '../pause.ts';
import { clockGraceMs } from '../protocol/limits.ts';
import { organisationBoard } from '../protocol/terms.ts';
import { type SharingState as CoreState, type TeamStatus, teamStatus } from '../status.ts';
import type { Team } from '../team.ts';
import type { Say } from './say.ts';

/** How sharing stands, for the tooltip and the pages. Asks the disk alone. */
export async function statusView(team: Team, say: Say, maySend: boolean): Promise<StatusView> {
  const status = await teamStatus(team);
  const { membership, organisation, lastSync } = status;
  const state = stateOf(status, maySend);
  const me = lastSeen(team, 'me')?.value;
  const isHere = membership !== null || state === 'leaving';
  return {
    state,
    organisation: isHere ? (organisation ?? undefined) : undefined,
    origin: isHere ? originOf(team) : undefined,
    as: membership === null ? undefined : nameOf(team, say),
    role: membership === null ? undefined : me?.role,
    runsTeam: membership === null ? undefined : me?.teams.some(({ role }) => role === 'owner'),
    lastSyncAt: lastSync?.at,
    pausedUntil: pauseOf(team),
    problem: problemOf(status, state, say, maySend),
    asks: state === 'asking' ? decisionOf(status, maySend) : undefined,
    notes: membership === null ? [] : notesOf(team, status, say),
    forbidden: status.state === 'forbidden' ? say.status(status) : undefined,
    flag: me?.flag ?? undefined,
  };
}

function stateOf({ state, code, membership }: TeamStatus, maySend: boolean): SharingState {
  if (membership !== null && !maySend && state !== 'paused') return 'asking';
  const views: Readonly<Record<CoreState, SharingState>> = {
    off: 'off',
    ended: 'off',
    forbidden: membership === null ? 'off' : 'failing',
    on: 'on',
    paused: 'paused',
    failing: 'failing',
    asks: code === 'upgrade_required' ? 'failing' : 'asking',
    signed_out: 'signed-out',
    leaving: 'leaving',
  };
  return views[state];
}

function problemOf(status: TeamStatus, state: SharingState, say: Say, maySend: boolean): string | undefined {
  if (state === 'asking' && !maySend) return say.code('telemetry_off');
  if (state === 'asking' && status.membership?.consent === null) return say.code('owner_shares_not');
  return state === 'on' || state === 'off' || state === 'paused' ? undefined : say.status(status);
}

function decisionOf({ code }: TeamStatus, maySend: boolean): StatusView['asks'] {
  if (!maySend) return 'telemetry';
  return code === 'device_overlap' ? 'overlap' : 'policy';
}

function notesOf(team: Team, status: TeamStatus, say: Say): readonly string[] {
  const database = status.aside === 0 ? undefined : team.store.existing();
  const aside = database === undefined ? [] : asideCodes(database).map((code) => asideWords(code, say));
  return [...clockWords(status, say), ...new Set(aside)];
}

function asideWords(code: string, say: Say): string {
  return say.code(code === 'body_too_large' || code === 'invalid_request' ? code : 'set_aside');
}

function clockWords({ skewMs }: TeamStatus, say: Say): readonly string[] {
  if (Math.abs(skewMs) <= clockGraceMs) return [];
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  const hours = Math.round(minutes / 60);
  const length =
    minutes < 120
      ? say.code('minutes', String(minutes))
      : hours < 48
        ? say.code('hours', String(hours))
        : say.code('days', String(Math.round(hours / 24)));
  return [say.code(skewMs > 0 ? 'clock_behind' : 'clock_ahead', length)];
}

function originOf(team: Team): string | undefined {
  const { membership, leaving } = team.store.state();
  return (membership ?? leaving?.membership)?.origin;
}

function pauseOf(team: Team): number | null | undefined {
  const state = team.store.state();
  if (!isPaused(state, team.now())) return undefined;
  return typeof state.pausedUntil === 'number' ? state.pausedUntil : null;
}

/** The name or pseudonym on the organisation's board, as far as it is known here; undefined where in sums alone. */
export function nameOf(team: Team, say: Say): string | undefined {
  const consent = team.store.state().membership?.consent ?? undefined;
  const board = lastSeen(team, 'boards')?.value.boards.find(({ id }) => id === organisationBoard);
  const visibility = consent?.boards.find((one) => one.board === organisationBoard)?.visibility ?? consent?.visibility;
  if (visibility === 'named') return consent?.displayName ?? undefined;
  // It is made with the first snapshot that one stands in.
  return visibility === 'pseudonym' ? (board?.pseudonym ?? say.code('a_pseudonym')) : undefined;
}
