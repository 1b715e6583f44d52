import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from './call.ts';
import { failed, isProblem, type Result, succeeded } from './failure.ts';
import { endpoints } from './protocol/endpoints.ts';
import type { DeviceCodes, SignedIn } from './protocol/sign-in.ts';
import type { Team } from './team.ts';

/** Has a person sign in to a server, for the device of that id. */
export type SignIn = (team: Team, origin: string, device: string) => Promise<Result<SignedIn>>;

/** A sign-in in a browser on the same machine. */
export interface BrowserSignIn {
  /** To be opened in a browser. */
  readonly url: string;
  /** Exchanges what the browser handed back, a query; undefined for the answer to another question. */
  finish(query: string, device: string): Promise<Result<SignedIn>> | undefined;
}

/** Begins a sign-in whose answer the browser hands to `redirect`. What it hands over is worth nothing without this object. */
export function browserSignIn(team: Team, origin: string, redirect: string): BrowserSignIn {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(24).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const url = new URL(endpoints.oidcStart.path, origin);
  url.search = new URLSearchParams({ kind: 'editor', challenge, state, redirect }).toString();
  return {
    url: url.href,
    finish(query, device) {
      const told = new URLSearchParams(query);
      if (told.get('state') !== state) return undefined;
      const code = told.get('code');
      if (code === null) return Promise.resolve(failed({ kind: 'cancelled' }));
      return exchange(team, origin, { code, verifier, device, client: team.client });
    },
  };
}

async function exchange(
  team: Team,
  origin: string,
  body: { code: string; verifier: string; device: string; client: Team['client'] },
): Promise<Result<SignedIn>> {
  const answer = await call(team, 'oidcToken', { origin, body });
  return answer.ok ? succeeded(answer.value.value) : answer;
}

/** A sign-in in a browser anywhere: `show` is given what a person is to enter there. Ends by itself when the code does. */
export function deviceSignIn(show: (codes: DeviceCodes) => void, signal?: AbortSignal): SignIn {
  return async (team, origin, device) => {
    const begun = await call(team, 'startDevice', { origin, body: { client: team.client } });
    if (!begun.ok) return begun;
    const codes = begun.value.value;
    show(codes);
    const body = { deviceCode: codes.deviceCode, device, client: team.client };
    const end = performance.now() + codes.expiresIn * 1000;
    for (let waitMs = codes.interval * 1000; performance.now() < end; ) {
      if (!(await waited(waitMs, signal))) return failed({ kind: 'cancelled' });
      const polled = await call(team, 'deviceToken', { origin, body });
      if (polled.ok) return succeeded(polled.value.value);
      const { failure } = polled;
      const goesOn = isProblem(failure, 'authorization_pending') || isProblem(failure, 'slow_down');
      // What was lost on the way is asked for again.
      if (!goesOn && failure.kind === 'problem' && failure.problem.status < 500 && failure.problem.status !== 429) {
        return polled;
      }
      if (failure.kind === 'forbidden' || failure.kind === 'certificate') return polled;
      waitMs = Math.max(failure.retryAfterMs ?? 0, goesOn && failure.retryAfterMs !== undefined ? 0 : waitMs);
    }
    return failed({ kind: 'cancelled' });
  };
}

async function waited(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return await sleep(ms, true, signal === undefined ? {} : { signal }).catch(() => false);
}
