import type { Ledger } from '../ledger/ledger.ts';
import type { HttpSettings } from './http.ts';
import type { MachinePolicy } from './machine-policy.ts';
import type { Client } from './protocol/join.ts';
import type { TeamStore } from './store.ts';
import type { TokenStore } from './tokens.ts';

/** Decides what of the ledger may be named. */
export interface Catalogue {
  /** Whether a normalised model id is in the public price catalogue. */
  knowsModel(model: string): boolean;
  /** Version of the prices, in the protocol's alphabet. */
  readonly pricesVersion: string;
  /** Tools whose reader rests on evidence; the others are never shared. */
  readonly tools: ReadonlySet<string>;
}

/** Everything that team sharing needs of its surroundings. One a window, one a run of the command. */
export interface Team {
  /** `<data folder>/team`, absolute. It is there only once someone has joined. */
  readonly dir: string;
  /** The home folder, for `~` in globs. */
  readonly home: string;
  /** Folders that carry the device's mark beside this machine's data folder: see `device.ts`. */
  readonly logHomes: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly client: Client;
  readonly store: TeamStore;
  readonly tokens: TokenStore;
  /** The ledger to count from, open, or one to open; undefined where there is none yet. */
  readonly ledger: () => Ledger | undefined;
  readonly catalogue: () => Promise<Catalogue>;
  /** Ids of the badges earned, the favourite first; undefined where they are not known here. */
  readonly badges: () => Promise<readonly string[] | undefined>;
  /** Read anew each time, as a person or a workspace may change proxies. */
  readonly http: () => HttpSettings;
  readonly machinePolicy: () => MachinePolicy;
  /** Epoch milliseconds, as this machine believes. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}
