import { type Called, call } from './call.ts';
import { notJoined } from './change.ts';
import { type Failure, isProblem } from './failure.ts';
import type { AnswerOf, EndpointName } from './protocol/endpoints.ts';
import type { Team } from './team.ts';

/** What can be looked at, and is kept so that it can be looked at without the server. */
export type KeptName =
  | 'boards'
  | 'board'
  | 'standing'
  | 'usage'
  | 'me'
  | 'views'
  | 'devices'
  | 'allowance'
  | 'insights';

/** An answer and how old it is. */
export interface Kept<Value> {
  readonly value: Value;
  /** When the server last said so, epoch milliseconds. */
  readonly at: number;
  /** Why it is not the server's word of now; null where it is. */
  readonly failure: Failure | null;
}

export interface Look {
  readonly board?: number | undefined;
  readonly window?: string | undefined;
  readonly metric?: string | undefined;
  readonly devices?: 'others' | undefined;
}

/** What was last seen, at once and without the server; undefined where it was never seen. */
export function lastSeen<Name extends KeptName>(
  team: Team,
  name: Name,
  look: Look = {},
): Kept<AnswerOf<Name>> | undefined {
  const row = rowOf(team, keyOf(name, look));
  return row === undefined ? undefined : { value: JSON.parse(row.body) as AnswerOf<Name>, at: row.at, failure: null };
}

/**
 * Asks the server, and keeps what it says. Where it cannot say anything, what was last seen is given with the failure; only the
 * failure where there is none, and where the server says that this is not for one to see.
 */
export async function look<Name extends KeptName>(
  team: Team,
  name: Name,
  { board, window, metric, devices }: Look = {},
): Promise<Kept<AnswerOf<Name>> | { readonly value: undefined; readonly failure: Failure }> {
  const { membership } = team.store.state();
  if (membership === null) return { value: undefined, failure: notJoined };
  const key = keyOf(name, { board, window, metric, devices });
  const before = rowOf(team, key);
  const params = board === undefined ? undefined : { id: board };
  const answer = await call<EndpointName>(team, name, {
    origin: membership.origin,
    params,
    query: { window, metric, devices },
    etag: before?.etag ?? undefined,
  });
  const now = team.now();
  if (!answer.ok) {
    const { failure } = answer;
    if (before === undefined || isNotToBeSeen(failure)) return { value: undefined, failure };
    return { value: JSON.parse(before.body) as AnswerOf<Name>, at: before.at, failure };
  }
  const told = answer.value as unknown as Called<Name>;
  const value = told.unchanged ? (JSON.parse(before?.body ?? 'null') as AnswerOf<Name>) : told.value;
  keep(team, membership.device, key, JSON.stringify(value), told.etag ?? before?.etag ?? null, now);
  return { value, at: now, failure: null };
}

function isNotToBeSeen(failure: Failure): boolean {
  return (['not_found', 'member_erased', 'consent_required', 'not_allowed'] as const).some((code) =>
    isProblem(failure, code),
  );
}

function keyOf(name: KeptName, { board, window, metric, devices }: Look): string {
  return [name, board ?? '', window ?? '', metric ?? '', devices ?? ''].join(' ').trimEnd();
}

interface Row {
  readonly etag: string | null;
  readonly body: string;
  readonly at: number;
}

function rowOf(team: Team, key: string): Row | undefined {
  const database = team.store.existing();
  return database?.prepare('SELECT etag, body, at FROM board WHERE name = ?').get(key) as unknown as Row | undefined;
}

function keep(team: Team, device: number, key: string, body: string, etag: string | null, at: number): void {
  // Not after leaving, in another window, while the server was asked.
  if (team.store.state().membership?.device !== device) return;
  team.store.database().prepare('INSERT OR REPLACE INTO board VALUES (?, ?, ?, ?)').run(key, etag, body, at);
}
