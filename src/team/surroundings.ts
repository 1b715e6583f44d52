import type { Ledger } from '../ledger/ledger.ts';
import { dataDir, type machineOf, slashed } from '../ledger/machine.ts';
import { loadPrices, pricesVersion } from '../pricing/price-list.ts';
import { readers } from '../readers/index.ts';
import type { HttpSettings } from './http.ts';
import { machinePolicyFile, readMachinePolicy } from './machine-policy.ts';
import type { ClientKind } from './protocol/terms.ts';
import { teamStore } from './store.ts';
import type { Catalogue, Team } from './team.ts';
import type { TokenStore } from './tokens.ts';

/** What a client of the team brings with it. */
export interface TeamParts {
  readonly machine: ReturnType<typeof machineOf>;
  readonly kind: ClientKind;
  readonly version: string;
  readonly ledger: () => Ledger | undefined;
  readonly http: () => HttpSettings;
  readonly badges?: (() => Promise<readonly string[] | undefined>) | undefined;
  /** Of the team's folder, which it need not make before it keeps something. */
  readonly tokens: (dir: string) => TokenStore;
  /** Another file than the machine's, for tests. */
  readonly policyFile?: string | undefined;
  readonly now?: (() => number) | undefined;
  readonly random?: (() => number) | undefined;
}

/** The folder of team sharing in the data folder of a machine. */
export function teamDir(machine: TeamParts['machine']): string {
  return `${dataDir(machine)}/team`;
}

/** Team sharing in its surroundings. Nothing is read, made or asked yet. */
export function createTeam(parts: TeamParts): Team {
  const { machine, kind, version } = parts;
  const dir = teamDir(machine);
  const policyFile = parts.policyFile ?? machinePolicyFile(process.platform, process.env);
  let known: Promise<Catalogue> | undefined;
  return {
    dir,
    home: machine.home,
    logHomes: logHomes(machine),
    platform: machine.platform,
    client: { kind, version: version.slice(0, 32) },
    store: teamStore(dir),
    tokens: parts.tokens(dir),
    ledger: parts.ledger,
    catalogue: () => {
      known ??= publicCatalogue();
      return known;
    },
    badges: parts.badges ?? (async () => undefined),
    http: parts.http,
    machinePolicy: () => readMachinePolicy(policyFile),
    now: parts.now ?? Date.now,
    random: parts.random ?? Math.random,
  };
}

/** The public price catalogue, and the tools whose readers rest on evidence: what is unverified never leaves the machine. */
async function publicCatalogue(): Promise<Catalogue> {
  const prices = await loadPrices();
  return {
    knowsModel: (model) => prices.ratesOf({ model, time: Date.now() }) !== undefined,
    pricesVersion: pricesVersion.replace(/[^0-9A-Za-z._+-]+/g, '-').slice(0, 40),
    tools: new Set(readers.filter(({ evidence }) => evidence !== 'unverified').map(({ id }) => id)),
  };
}

/** The folders of the two tools whose folder is usually what a container mounts: `~/.claude`, `~/.codex`. */
function logHomes(machine: TeamParts['machine']): string[] {
  const places = readers
    .filter(({ id }) => id === 'claude-code' || id === 'codex')
    .flatMap((reader) => reader.logs(machine))
    .map(({ dir }) => /^(.+)\/(?:projects|sessions)$/.exec(slashed(dir))?.[1]);
  return [...new Set(places.filter((place) => place !== undefined))];
}
