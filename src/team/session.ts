import { type Failure, failed, type Result, succeeded } from './failure.ts';
import { fitted } from './fitted.ts';
import { askServer } from './http.ts';
import { waitForLease } from './lease.ts';
import { endpoints } from './protocol/endpoints.ts';
import { TokenPair } from './protocol/join.ts';
import { accessTokenMs } from './protocol/limits.ts';
import type { Team } from './team.ts';
import type { HeldTokens } from './tokens.ts';

/** Renewed a minute before its end. */
const usableMs = accessTokenMs - 60_000;
const leaseWaitMs = 30_000;
/** A refresh token holds for 30 days. */
const spareMs = 20 * 86_400_000;

/**
 * An access token of this client for a server: the one that is held while it is fresh and not the one that was `refused`, else a
 * new one. Of several windows one renews it and the others take what it got.
 */
export async function accessToken(team: Team, origin: string, refused?: string): Promise<Result<string>> {
  const held = await team.tokens.get(origin);
  if (held === undefined) return failed({ kind: 'signed_out' });
  if (isUsable(team, held, refused)) return succeeded(held.pair.accessToken);
  const lease = await waitForLease(team.dir, `refresh-${team.client.kind}`, leaseWaitMs);
  if (lease === undefined) return failed({ kind: 'timeout' });
  try {
    const current = await team.tokens.get(origin);
    if (current === undefined) return failed({ kind: 'signed_out' });
    if (isUsable(team, current, refused)) return succeeded(current.pair.accessToken);
    return await renew(team, origin, current);
  } finally {
    lease.release();
  }
}

function isUsable(team: Team, { pair, receivedAt }: HeldTokens, refused: string | undefined): boolean {
  const age = team.now() - receivedAt;
  return pair.accessToken !== refused && age >= 0 && age < usableMs;
}

async function renew(team: Team, origin: string, held: HeldTokens): Promise<Result<string>> {
  const renewed = await exchange(team, origin, held.pair.refreshToken);
  if (renewed.ok) return keep(team, origin, renewed.value, held.spare);
  if (!isSpent(renewed.failure)) return renewed;
  const { spare } = held;
  const second = spare === undefined ? renewed : await exchange(team, origin, spare.refreshToken);
  if (second.ok) return keep(team, origin, second.value, undefined);
  if (!isSpent(second.failure)) return second;
  await team.tokens.delete(origin);
  return failed({ kind: 'signed_out' });
}

function isSpent(failure: Failure): boolean {
  return failure.kind === 'problem' && failure.problem.status === 401;
}

async function exchange(team: Team, origin: string, refreshToken: string): Promise<Result<TokenPair>> {
  const url = `${origin}${endpoints.refresh.path}`;
  const answer = await askServer({ method: 'POST', url, body: JSON.stringify({ refreshToken }) }, team.http());
  return answer.ok ? pairOf(answer.value.json) : answer;
}

function pairOf(json: unknown): Result<TokenPair> {
  const pair = fitted(TokenPair, json) as TokenPair | undefined;
  return pair === undefined ? failed({ kind: 'bad_answer' }) : succeeded(pair);
}

async function keep(team: Team, origin: string, pair: TokenPair, spare: HeldTokens['spare']): Promise<Result<string>> {
  const receivedAt = team.now();
  await team.tokens.set(origin, { pair, receivedAt, spare });
  const age = spare === undefined ? Number.POSITIVE_INFINITY : receivedAt - spare.receivedAt;
  if (age < 0 || age > spareMs) await holdSpare(team, origin, { pair, receivedAt });
  return succeeded(pair.accessToken);
}

/** Asks for a second family; without one, all goes on until an answer is lost. */
export async function holdSpare(team: Team, origin: string, held: HeldTokens): Promise<void> {
  const url = `${origin}${endpoints.sibling.path}`;
  const { accessToken: token } = held.pair;
  const body = JSON.stringify({ client: team.client });
  const answer = await askServer({ method: 'POST', url, body, token }, team.http());
  const pair = answer.ok ? pairOf(answer.value.json) : answer;
  if (!pair.ok) return;
  const spare = { refreshToken: pair.value.refreshToken, receivedAt: team.now() };
  await team.tokens.set(origin, { ...held, spare });
}
