import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import { machineOf } from '../../src/ledger/machine.ts';
import { scan } from '../../src/ledger/scan.ts';
import { readersOn } from '../../src/readers/index.ts';
import { type Choices, startingChoices } from '../../src/team/choices.ts';
import type { HttpSettings } from '../../src/team/http.ts';
import { acceptInvitation, type Joined, type OpenInvitation, openInvitation } from '../../src/team/join.ts';
import { previewUpload } from '../../src/team/preview.ts';
import type { ClientKind } from '../../src/team/protocol/terms.ts';
import { createTeam } from '../../src/team/surroundings.ts';
import type { Team } from '../../src/team/team.ts';
import { tokenFile } from '../../src/team/tokens.ts';
import { type ClaudeRequest, writeClaudeLog } from '../cli/command.ts';
import type { World } from '../server/http/world.ts';
import type { Wire } from './wire.ts';

/** Someone with a home, logs and a ledger, whose client talks over a wire. */
export interface Person {
  readonly home: string;
  readonly ledger: Ledger;
  team: Team;
  /** Writes a log and counts it. */
  use(name: string, requests: readonly ClaudeRequest[]): Promise<void>;
  count(): Promise<void>;
  /** The same machine after a restart. */
  restart(kind?: ClientKind): Team;
  end(): void;
}

export interface PersonSettings {
  readonly home?: string;
  readonly kind?: ClientKind;
  readonly http?: Partial<HttpSettings>;
  readonly policyFile?: string;
  readonly badges?: () => Promise<readonly string[]>;
  readonly now?: () => number;
}

export function person(world: Pick<World, 'clock'>, settings: PersonSettings = {}): Person {
  const home = settings.home ?? mkdtempSync(join(tmpdir(), 'tokenboard-team-'));
  const machine = machineOf(home);
  const ledger = openLedger(machine);
  const start = (kind: ClientKind): Team =>
    createTeam({
      machine,
      kind,
      version: '1.0.0',
      ledger: () => ledger,
      http: () => ({ userAgent: 'tokenboard/1.0.0', timeoutMs: 5000, proxy: 'none', ...settings.http }),
      badges: settings.badges,
      tokens: (dir) => tokenFile(dir, `tokens-${kind}.json`),
      policyFile: settings.policyFile ?? join(home, 'no-policy.json'),
      now: settings.now ?? (() => world.clock.now),
      random: () => 0.5,
    });
  const count = async (): Promise<void> => void (await scan(ledger, machine, readersOn(), { waitMs: 5000 }));
  const self: Person = {
    home,
    ledger,
    team: start(settings.kind ?? 'editor'),
    async use(name, requests) {
      writeClaudeLog(home, name, requests);
      await count();
    },
    count,
    restart(kind = settings.kind ?? 'editor') {
      self.team.store.close();
      self.team = start(kind);
      return self.team;
    },
    end() {
      self.team.store.close();
      ledger.close();
      if (settings.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
  return self;
}

/** Everything on, by name, from a day on. */
export function open(since: string, more: Partial<Choices> = {}): Choices {
  return { ...startingChoices(since), visibility: 'named', displayName: 'Ada', models: true, ...more };
}

/** Opens a link; it has to lead somewhere. */
export async function opened(team: Team, link: string): Promise<OpenInvitation> {
  const found = await openInvitation(team, link);
  assert.equal(found.kind, 'open', JSON.stringify(found));
  return (found as { readonly open: OpenInvitation }).open;
}

/** Joins by an invite of the world's owner. */
export async function joinTeam(world: World, wire: Wire, { team }: Person, choices: Choices): Promise<Joined> {
  const invitation = await opened(team, `${wire.origin}/join#${await world.invite()}`);
  assert.ok(invitation.policy);
  const preview = await previewUpload(team, invitation.policy, choices);
  const joined = await acceptInvitation(team, invitation, choices, preview);
  assert.equal(joined.kind, 'joined', JSON.stringify(joined));
  return joined;
}

/** Requests of a few days, the last of them on the world's today. */
export const someDays: readonly ClaudeRequest[] = [
  { id: 'a', time: '2026-11-17T08:45:00.000Z', tokens: [10, 200, 5000, 400, 600] },
  { id: 'b', time: '2026-11-18T12:50:00.000Z', tokens: [20, 100, 8000, 0, 0] },
  { id: 'c', time: '2026-11-19T22:30:00.000Z', tokens: [5, 50, 1000, 0, 0], model: 'acme-secret-9' },
  { id: 'd', time: '2026-11-19T23:59:59.000Z', tokens: [7, 30, 0, 0, 0], model: 'claude-haiku-4-5-20251001' },
  { id: 'e', time: '2026-11-20T08:00:00.000Z', tokens: [9, 9, 9, 0, 0] },
];

/** The access token that a person's client holds, to ask the server beside it. */
export async function tokenOf({ team }: Person): Promise<string> {
  const { membership } = team.store.state();
  const held = await team.tokens.get(membership?.origin ?? '');
  return held?.pair.accessToken ?? '';
}
