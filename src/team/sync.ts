import { countPending } from './cell-table.ts';
import { countCells } from './count.ts';
import type { Failure } from './failure.ts';
import { takeLease } from './lease.ts';
import { confirmLeaving } from './leave.ts';
import { mayShareWith } from './machine-policy.ts';
import { isPaused } from './pause.ts';
import { cadenceMs } from './protocol/terms.ts';
import { heartbeat, type SyncRun, sendFrozen, sendPending, stillHolds, tellConsent } from './send.ts';
import { settleFailure } from './settle.ts';
import type { Halt, Membership } from './state.ts';
import type { Team } from './team.ts';
import { nextSyncAt } from './timing.ts';

/** What came of a sync. */
export type SyncOutcome =
  /** This machine shares nothing. */
  | { readonly kind: 'off' }
  /** Not due yet, paused, or at work in another window. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'forbidden' }
  /** This client has to sign in again. */
  | { readonly kind: 'signed_out' }
  /** A person has to decide something. */
  | { readonly kind: 'halted'; readonly halt: Halt }
  /** The wish to leave was told to the server, or waits. */
  | { readonly kind: 'left' | 'leaving' }
  /** The server does not know this member any more: everything local was forgotten. */
  | { readonly kind: 'ended'; readonly organisation: string }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Cells that the server took; requests that were made. */
  | { readonly kind: 'synced'; readonly cells: number; readonly requests: number };

export interface SyncOptions {
  /** Also where it is not due; never while paused or halted. */
  readonly now?: boolean;
  /** Asks the server also where there is nothing new: a person wants to know how it stands. */
  readonly contact?: boolean;
}

/** A machine with nothing new to tell shows once a day that it is still there. */
const heartbeatMs = 86_400_000;
const leastMs = 300_000;
const mostMs = 3_600_000;
/** So often a sync begins anew because a person decides something while it is under way. */
const mostRounds = 8;

/**
 * Tells the server what it does not have yet, in one of the windows and commands of this user. Whatever goes wrong is kept in the
 * state, with the time of the next attempt. Throws a `LedgerError` where the ledger cannot be read.
 */
export async function syncNow(team: Team, { now = false, contact = false }: SyncOptions = {}): Promise<SyncOutcome> {
  const state = team.store.state();
  const { membership, leaving } = state;
  if (!now && isEarly(team.now(), state.nextAt))
    return { kind: membership === null && leaving === null ? 'off' : 'waiting' };
  if (leaving !== null) return await confirmLeaving(team);
  if (membership === null) return { kind: 'off' };
  if (!mayShareWith(team.machinePolicy(), membership.origin)) return { kind: 'forbidden' };
  if (isPaused(state, team.now())) return { kind: 'paused' };
  const halt = lasting(state.halt, team);
  if (halt !== null) return { kind: 'halted', halt };
  if ((await team.tokens.get(membership.origin)) === undefined) return { kind: 'signed_out' };
  if (membership.consent === null || membership.policy === null) {
    return { kind: 'halted', halt: { kind: 'consent', policyVersion: null } };
  }
  const lease = takeLease(team.dir, 'sync');
  if (lease === undefined) return { kind: 'busy' };
  try {
    for (let round = 0; round < mostRounds; round++) {
      // Whoever held it may have done all this, paused, or left.
      const current = team.store.state();
      if (current.membership === null) return { kind: 'off' };
      if (isPaused(current, team.now())) return { kind: 'paused' };
      const outcome = await run(team, current.membership, contact);
      if (outcome !== undefined) return outcome;
    }
    return { kind: 'busy' };
  } finally {
    lease.release();
  }
}

/** An update of the program ends what asked for it. */
function lasting(halt: Halt | null, team: Team): Halt | null {
  if (halt?.kind !== 'upgrade' || halt.client === team.client.version) return halt;
  return team.store.change((state) => ({ ...state, halt: null })).halt;
}

/** Undefined where it was broken off, because a person has decided something meanwhile. */
async function run(team: Team, membership: Membership, contact: boolean): Promise<SyncOutcome | undefined> {
  const { policy, consent } = membership;
  if (policy === null || consent === null) return { kind: 'off' };
  const runState: SyncRun = {
    team,
    membership,
    cells: 0,
    requests: 0,
    afterMs: undefined,
    refused: 0,
    most: undefined,
  };
  // Names go out of the server's cells before it is told that none are shared, as it would not take their removal after that.
  const consentFirst = !membership.consentTold && consent.models;
  const failure =
    (consentFirst ? await tellConsent(runState) : undefined) ??
    (await sendFrozen(runState)) ??
    (await countCells(team, membership, policy)) ??
    (await sendPending(runState)) ??
    (membership.consentTold || consentFirst || !stillHolds(runState) ? undefined : await tellConsent(runState));
  if (!stillHolds(runState)) return undefined;
  if (failure !== undefined) return await settleFailure(team, membership, failure);
  const silent =
    contact || isSilent(team) || team.store.state().failing !== null ? await heartbeatUnlessHeard(runState) : undefined;
  if (!stillHolds(runState)) return undefined;
  if (silent !== undefined) return await settleFailure(team, membership, silent, mostMs);
  const state = team.store.state();
  const usual = Math.min(mostMs, Math.max(leastMs, cadenceMs[policy.cadence]));
  const nextAt = nextSyncAt(team, runState.afterMs ?? usual, policy.cadence, state.skewMs);
  const { requests, cells } = runState;
  team.store.change((now) => {
    if (now.membership === null) return now;
    const told = requests === 0 ? {} : { lastSync: { at: team.now(), cells }, lastContact: team.now(), failing: null };
    return { ...now, nextAt, ...told };
  });
  return { kind: 'synced', cells, requests };
}

/** What is due in more than two days was planned by a clock that was wrong. */
function isEarly(now: number, nextAt: number): boolean {
  return now < nextAt && nextAt - now < 2 * heartbeatMs;
}

/** The server has not heard of this machine for a day. */
function isSilent(team: Team): boolean {
  const age = team.now() - team.store.state().lastContact;
  return age < 0 || age >= heartbeatMs;
}

async function heartbeatUnlessHeard(runState: SyncRun): Promise<Failure | undefined> {
  return runState.requests > 0 ? undefined : await heartbeat(runState);
}

/** How many cells wait for the server, and how many it refused. */
export function pendingCount(team: Team): { readonly pending: number; readonly aside: number } {
  const database = team.store.existing();
  return database === undefined ? { pending: 0, aside: 0 } : countPending(database);
}
