import type { TeamState } from './state.ts';
import type { Team } from './team.ts';

/** For how long: milliseconds, or until it is resumed. */
export type PauseLength = number | 'resumed';

/** Stops sharing at once; what is counted meanwhile is sent after it. */
export function pause(team: Team, length: PauseLength): TeamState {
  const pausedUntil = length === 'resumed' ? length : team.now() + length;
  return team.store.change((state) => (state.membership === null ? state : { ...state, pausedUntil }));
}

/** Shares again, with the next sync, which is due now. */
export function resume(team: Team): TeamState {
  return team.store.change((state) =>
    state.membership === null ? state : { ...state, pausedUntil: null, nextAt: 0, failing: null },
  );
}

/** Whether a pause is under way; one with an end ends by itself. */
export function isPaused({ pausedUntil }: Pick<TeamState, 'pausedUntil'>, now: number): boolean {
  return pausedUntil === 'resumed' || (pausedUntil !== null && now < pausedUntil);
}
