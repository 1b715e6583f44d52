import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Policy } from '../../../src/team/protocol/policy.ts';
import type { Cell } from '../../../src/team/protocol/sync.ts';
import { consentOf } from '../http/world.ts';

/** Someone who joined a running server. */
export interface Client {
  readonly id: number;
  readonly token: string;
  readonly refresh: string;
  readonly policyVersion: number;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is read as JSON of any shape, as a client would.
  readonly body: any;
}

export async function ask(url: string, path: string, order: { method?: string; token?: string; body?: unknown } = {}) {
  const { method = 'GET', token, body } = order;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) } satisfies Answer;
}

/** Joins by an invite: by name, where there is a policy to agree to. */
export async function join(url: string, invite: string, name: string): Promise<Client> {
  const policy: Policy | null = (await ask(url, '/v1/meta')).body.policy;
  const consent = policy === null ? {} : { consent: consentOf(policy, name) };
  const body = { invite, device: randomUUID(), client: { kind: 'editor', version: '1.0.0' }, ...consent };
  const answer = await ask(url, '/v1/join', { method: 'POST', body });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const { accessToken: token, refreshToken: refresh } = answer.body.tokens;
  return { id: answer.body.member, token, refresh, policyVersion: policy?.version ?? 0 };
}

/** Syncs under the policy that was agreed to when joining. */
export function sync(url: string, { token, policyVersion }: Client, cells: readonly Cell[]): Promise<Answer> {
  const body = { v: 1, seq: 1, policyVersion, client: '1.0.0', cells };
  return ask(url, '/v1/sync', { method: 'POST', token, body });
}
