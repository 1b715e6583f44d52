import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import type { ConsentDraft, TokenHashes } from '../../../src/server/store/records.ts';
import type { Store } from '../../../src/server/store/store.ts';
import type { Cell } from '../../../src/team/protocol/sync.ts';
import type { Role, TeamRole } from '../../../src/team/protocol/terms.ts';

/** Noon of the day on which the tests play. */
export const today = '2026-11-20';
export const now = Date.parse(`${today}T12:00Z`);
export const dayMs = 86_400_000;
export const operator = { member: null, role: null };

export interface Person {
  readonly org: number;
  readonly member: number;
  readonly device: number;
  readonly tokens: TokenHashes;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function hash(): string {
  return sha256(randomUUID());
}

export function tokens(at = now): TokenHashes {
  return {
    access: hash(),
    accessExpiresAt: at + 900_000,
    refresh: hash(),
    refreshExpiresAt: at + 30 * dayMs,
  };
}

export function consent(changes: Partial<ConsentDraft> = {}): ConsentDraft {
  return {
    version: 1,
    sha256: sha256('policy 1'),
    visibility: 'named',
    boards: [],
    models: true,
    badges: true,
    timeBadges: false,
    displayName: 'Somebody',
    ...changes,
  };
}

/** An organisation with an owner and a policy. */
export async function founded(store: Store): Promise<Person> {
  const setUp = hash();
  await store.createOrganisation({ setUpInvite: setUp, expiresAt: now + dayMs, now: now - 60 * dayMs });
  const owner = await joinBy(store, setUp, null);
  await statePolicy(store, owner.org, 1);
  return owner;
}

export async function statePolicy(store: Store, org: number, version: number): Promise<void> {
  const sha = sha256(`policy ${version}`);
  const stated = await store.setPolicy({ org, by: operator, version, sha256: sha, body: '{}', now });
  assert.equal(stated, 'stated');
}

export interface Newcomer {
  readonly name?: string;
  readonly team?: number;
  readonly teamRole?: TeamRole;
  readonly role?: Role;
  readonly consent?: Partial<ConsentDraft>;
  /** When, default 40 days ago. */
  readonly at?: number;
}

export async function invited(store: Store, org: number, newcomer: Newcomer = {}, uses = 1): Promise<string> {
  const invite = hash();
  const made = await store.createInvite({
    org,
    hash: invite,
    team: newcomer.team ?? null,
    role: newcomer.role ?? 'member',
    teamRole: newcomer.teamRole ?? 'member',
    member: null,
    by: operator,
    uses,
    expiresAt: now + dayMs,
    now,
  });
  assert.ok(typeof made === 'object');
  return invite;
}

export async function joined(store: Store, org: number, newcomer: Newcomer = {}): Promise<Person> {
  const invite = await invited(store, org, newcomer);
  const displayName = newcomer.name ?? `Person ${invite.slice(0, 8)}`;
  return joinBy(store, invite, consent({ displayName, ...newcomer.consent }), newcomer.at ?? now - 40 * dayMs);
}

export async function joinBy(
  store: Store,
  invite: string,
  given: ConsentDraft | null,
  at = now,
  deviceKey = hash(),
): Promise<Person> {
  const pair = tokens();
  const outcome = await store.join({ invite, deviceKey, client: 'editor', consent: given, tokens: pair, now: at });
  assert.ok(outcome.outcome === 'joined', `join: ${outcome.outcome}`);
  return { org: outcome.org, member: outcome.member, device: outcome.device, tokens: pair };
}

/** One more device of the same person. */
export async function anotherDevice(store: Store, person: Person, deviceKey = hash()): Promise<Person> {
  const code = hash();
  await store.createInvite({
    org: person.org,
    hash: code,
    team: null,
    role: 'member',
    teamRole: 'member',
    member: person.member,
    by: { member: person.member, role: 'member' },
    uses: 1,
    expiresAt: now + dayMs,
    now,
  });
  return joinBy(store, code, null, now, deviceKey);
}

export function cell(changes: Partial<Cell> = {}): Cell {
  return {
    day: '2026-11-19',
    tool: 'claude-code',
    model: 'claude-opus-4-7',
    rev: 1,
    in: 100,
    out: 50,
    cr: 1000,
    cw: 200,
    cw1: 20,
    rs: 10,
    req: 3,
    est: false,
    usd: 1234,
    pv: '2026-11-01',
    ...changes,
  };
}

export function sync(store: Store, person: Person, cells: readonly Cell[], at = now, policyVersion = 1) {
  return store.sync({ org: person.org, member: person.member, device: person.device, policyVersion, cells, now: at });
}

/** Adds up all windows. */
export async function refreshed(store: Store, org: number, day = today): Promise<void> {
  for (let left = 1; left > 0; ) ({ left } = await store.refreshWindows({ org, today: day, limit: 500 }));
}
