import { type Failure, failed, type Result, succeeded } from './failure.ts';
import { fitted } from './fitted.ts';
import { askServer, type HttpAnswer, type HttpRequest } from './http.ts';
import { mayShareWith } from './machine-policy.ts';
import { type AnswerOf, type BodyOf, type Endpoint, type EndpointName, endpoints } from './protocol/endpoints.ts';
import { accessToken } from './session.ts';
import type { Team } from './team.ts';

/** What an endpoint is asked with. */
export interface Asking<Name extends EndpointName> {
  readonly origin: string;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly body?: BodyOf<Name> | undefined;
  /** The body's very bytes, instead of `body`. */
  readonly bytes?: string | undefined;
  readonly etag?: string | undefined;
}

export interface Called<Name extends EndpointName> {
  /** Undefined for an endpoint without an answer, and where what the `etag` stands for is still so. */
  readonly value: AnswerOf<Name>;
  readonly unchanged: boolean;
  readonly etag: string | undefined;
}

/**
 * Asks an endpoint of the protocol, as this client, and gives an answer that fits its schema. Tokens are renewed once where need
 * be. Nothing is asked that the machine's policy forbids. Never throws.
 */
export async function call<Name extends EndpointName>(
  team: Team,
  name: Name,
  asking: Asking<Name>,
): Promise<Result<Called<Name>>> {
  const endpoint: Endpoint = endpoints[name];
  if (!mayShareWith(team.machinePolicy(), asking.origin) && name !== 'eraseMe') return failed({ kind: 'forbidden' });
  const answered =
    endpoint.access === 'public' ? await ask(team, endpoint, asking) : await askSignedIn(team, endpoint, asking);
  if (!answered.ok) return answered;
  const { status, etag, json } = answered.value;
  const unchanged = status === 304;
  const value = unchanged || endpoint.answer === null ? undefined : fitted(endpoint.answer, json);
  if (value === undefined && !unchanged && endpoint.answer !== null) return failed({ kind: 'bad_answer' });
  return succeeded({ value: value as AnswerOf<Name>, unchanged, etag });
}

async function askSignedIn<Name extends EndpointName>(
  team: Team,
  endpoint: Endpoint,
  asking: Asking<Name>,
): Promise<Result<HttpAnswer>> {
  const token = await accessToken(team, asking.origin);
  if (!token.ok) return token;
  const answer = await ask(team, endpoint, asking, token.value);
  if (answer.ok || !isUnauthorized(answer.failure)) return answer;
  const renewed = await accessToken(team, asking.origin, token.value);
  if (!renewed.ok) return renewed;
  const again = await ask(team, endpoint, asking, renewed.value);
  return again.ok || !isUnauthorized(again.failure) ? again : failed({ kind: 'signed_out' });
}

function isUnauthorized(failure: Failure): boolean {
  return failure.kind === 'problem' && failure.problem.status === 401;
}

function ask<Name extends EndpointName>(
  team: Team,
  { method, path }: Endpoint,
  { origin, params = {}, query = {}, body, bytes, etag }: Asking<Name>,
  token?: string,
): Promise<Result<HttpAnswer>> {
  const url = new URL(origin);
  url.pathname = path.replace(/\{(\w+)\}/g, (_all, name) => encodeURIComponent(String(params[name])));
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  const sent = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  const request: HttpRequest = { method, url: url.href, body: sent, token, etag };
  return askServer(request, team.http());
}
