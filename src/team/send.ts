import { adoptConsent } from './adopt-consent.ts';
import { call } from './call.ts';
import { forgetModel, noteAcked, noteTried, pendingCells, setAside, takeBack } from './cell-table.ts';
import { countCells } from './count.ts';
import { type Failure, isProblem } from './failure.ts';
import { isPaused } from './pause.ts';
import { clockGraceMs, maxCellsPerSync } from './protocol/limits.ts';
import type { Cell, SyncAnswer, SyncRequest } from './protocol/sync.ts';
import { otherModel } from './protocol/terms.ts';
import { isSameTerms } from './same-terms.ts';
import { accessToken } from './session.ts';
import { sharedBadges } from './shared-badges.ts';
import type { Membership } from './state.ts';
import { type SyncBody, syncBody } from './sync-body.ts';
import type { Team } from './team.ts';

/** One sync while it runs. */
export interface SyncRun {
  readonly team: Team;
  /** By whose terms it counts and sends. */
  membership: Membership;
  cells: number;
  requests: number;
  /** What the server asks to wait until the next sync. */
  afterMs: number | undefined;
  /** Requests that the server took nothing of. */
  refused: number;
  /** Fewer cells a request than the protocol allows, where the server says that it was too much. */
  most: number | undefined;
}

/** After so many refused requests in one run all that is left is set aside: it is not the cells then. */
const mostRefused = 24;
const mostRounds = 4;
/** A clock that is wrong by less is not worth a word. */
const clockMatters = 60_000;

/** Whether a run may go on as it began: in another window a person may pause, leave or choose otherwise meanwhile. */
export function stillHolds({ team, membership }: SyncRun): boolean {
  const state = team.store.state();
  return !isPaused(state, team.now()) && isSameTerms(state.membership, membership);
}

/** Sends the first upload, byte for byte as it was previewed. Undefined when all went well, also in what follows. */
export async function sendFrozen(run: SyncRun): Promise<Failure | undefined> {
  const { team } = run;
  for (;;) {
    const database = team.store.existing();
    if (database === undefined || !stillHolds(run)) return undefined;
    const row = database.prepare('SELECT id, body FROM frozen ORDER BY id LIMIT 1').get();
    if (row === undefined) return undefined;
    const bytes = String(row.body);
    const { cells, badges } = JSON.parse(bytes) as SyncRequest;
    noteTried(database, cells);
    const failure = await send(run, { bytes, cells });
    // What the server does not take in these bytes is sent by what it says of them.
    if (failure !== undefined && !isTooMuch(failure) && !isRefusal(failure)) return failure;
    if (badges !== undefined) noteBadges(team, badges);
    team.store.existing()?.prepare('DELETE FROM frozen WHERE id = ?').run(Number(row.id));
  }
}

/** Sends what the server does not have, and counts anew what it wants by another name. */
export async function sendPending(run: SyncRun): Promise<Failure | undefined> {
  for (let round = 0; round < mostRounds; round++) {
    const failure = await sendAll(run);
    if (failure !== undefined) return failure;
    const { team, membership } = run;
    const state = team.store.state();
    if (state.counted !== null || membership.policy === null || !stillHolds(run)) return undefined;
    await countCells(team, membership, membership.policy);
  }
  return undefined;
}

async function sendAll(run: SyncRun): Promise<Failure | undefined> {
  const { team } = run;
  for (;;) {
    const database = team.store.existing();
    const state = team.store.state();
    const consent = state.membership?.consent;
    if (database === undefined || consent == null || !stillHolds(run)) return undefined;
    const pending = pendingCells(database, maxCellsPerSync);
    const badges = sharedBadges(consent.badges ? await team.badges() : undefined, consent);
    const news = badges !== undefined && JSON.stringify(badges) !== state.badgesTold ? badges : undefined;
    if (pending.length === 0 && news === undefined) return undefined;
    const { seq } = team.store.change((now) => ({ ...now, seq: now.seq + 1 }));
    const head = { seq, policyVersion: consent.policyVersion, client: team.client.version, badges: news };
    const body = syncBody(head, pending, run.most);
    noteTried(database, body.cells);
    const failure = await send(run, body);
    if (failure === undefined) {
      if (news !== undefined) noteBadges(team, news);
      continue;
    }
    if (!isTooMuch(failure) && !isRefusal(failure)) return failure;
    if (body.cells.length > 1) {
      run.most = Math.ceil(body.cells.length / 2);
    } else {
      setAside(database, body.cells, isTooMuch(failure) ? 'body_too_large' : 'invalid_request');
      // Not the cell, then: badges that this server does not take are not offered again.
      if (body.cells.length === 0 && news !== undefined) noteBadges(team, news);
      run.most = undefined;
    }
    if (++run.refused < mostRefused) continue;
    setAside(database, pendingCells(database, Number.MAX_SAFE_INTEGER), 'invalid_request');
    return failure;
  }
}

function isTooMuch(failure: Failure): boolean {
  return isProblem(failure, 'body_too_large');
}

/** The server finds the request wrong: to send it again would be as wrong. */
function isRefusal(failure: Failure): boolean {
  return failure.kind === 'problem' && [400, 415, 422].includes(failure.problem.status);
}

async function send(run: SyncRun, { bytes, cells }: SyncBody): Promise<Failure | undefined> {
  const { team, membership } = run;
  const begun = team.now();
  let answer = await call(team, 'sync', { origin: membership.origin, bytes });
  run.requests++;
  const untold = team.store.state().membership?.consentTold === false && stillHolds(run);
  if (!answer.ok && isProblem(answer.failure, 'consent_required') && untold) {
    const failure = await tellConsent(run);
    if (failure !== undefined) return failure;
    answer = await call(team, 'sync', { origin: membership.origin, bytes });
    run.requests++;
  }
  if (!answer.ok) return answer.failure;
  await take(run, cells, answer.value.value, begun);
  return undefined;
}

/** Notes what the server has now, and what it does not take. */
async function take(run: SyncRun, cells: readonly Cell[], answer: SyncAnswer, begun: number): Promise<void> {
  const { team } = run;
  const database = team.store.existing();
  if (database === undefined) return;
  run.afterMs = answer.nextSyncAfterSec * 1000;
  run.cells += answer.applied;
  const codes = new Map(answer.rejected.map(({ i, code }) => [i, code]));
  noteAcked(
    database,
    cells.filter((_cell, i) => !codes.has(i)),
  );
  const unknown = new Set<string>();
  for (const [i, code] of codes) {
    const cell = cells[i];
    if (cell === undefined) continue;
    setAside(database, [cell], code);
    if (code === 'unknown_model' && cell.model !== otherModel) unknown.add(cell.model);
  }
  noteClock(team, answer.serverTime, begun);
  if (unknown.size > 0) await learnUnknown(run, [...unknown]);
}

/** Their counts belong into `other`; unless the member has switched models off elsewhere, which explains it. */
async function learnUnknown(run: SyncRun, models: readonly string[]): Promise<void> {
  const { team } = run;
  const { unknownModels } = team.store.state();
  const news = models.filter((model) => !unknownModels.includes(model));
  if (news.length === 0) return;
  const adopted = await adoptConsent(team, run.membership);
  const database = team.store.existing();
  if (database === undefined) return;
  // What was changed on another machine holds for this run as well; what is changed on this one begins another.
  if (adopted.consentTold) run.membership = adopted;
  for (const model of news) forgetModel(database, model);
  const learned = adopted.consent?.models === false ? unknownModels : [...unknownModels, ...news];
  team.store.change((state) =>
    state.membership === null ? state : { ...state, unknownModels: learned, counted: null },
  );
}

function noteClock(team: Team, serverTime: string, begun: number): void {
  const ahead = Date.parse(serverTime) - (begun + team.now()) / 2;
  const skewMs = Math.abs(ahead) < clockMatters ? 0 : Math.round(ahead);
  if (Math.abs(skewMs - team.store.state().skewMs) < clockMatters) return;
  const database = team.store.existing();
  if (database === undefined) return;
  if (Math.abs(skewMs) > clockGraceMs || skewMs === 0) takeBack(database, 'day_out_of_range');
  team.store.change((state) => ({ ...state, skewMs, counted: null }));
}

function noteBadges(team: Team, badges: readonly string[]): void {
  team.store.change((state) => (state.membership === null ? state : { ...state, badgesTold: JSON.stringify(badges) }));
}

/** Tells the server a consent that was changed here. */
export async function tellConsent(run: Pick<SyncRun, 'team' | 'requests'>): Promise<Failure | undefined> {
  const { team } = run;
  const { membership } = team.store.state();
  if (membership === null || membership.consentTold || membership.consent === null) return undefined;
  const answer = await call(team, 'giveConsent', { origin: membership.origin, body: membership.consent });
  run.requests++;
  if (!answer.ok) return answer.failure;
  const told = JSON.stringify(membership.consent);
  team.store.change((state) =>
    state.membership !== null && JSON.stringify(state.membership.consent) === told
      ? { ...state, membership: { ...state.membership, consentTold: true } }
      : state,
  );
  return undefined;
}

/** Asks for new tokens, nothing else: so a membership that ended elsewhere is noticed within a day. */
export async function heartbeat(run: SyncRun): Promise<Failure | undefined> {
  const { team, membership } = run;
  const held = await team.tokens.get(membership.origin);
  const renewed = await accessToken(team, membership.origin, held?.pair.accessToken);
  run.requests++;
  return renewed.ok ? undefined : renewed.failure;
}
