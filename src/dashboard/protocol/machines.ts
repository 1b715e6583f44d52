import type { ToolId } from '../../usage/tool-id.ts';

/** Stands in lists for the project and the account of other machines' usage, which never leave them: no folder has this name. */
export const elsewhere = 'elsewhere';

/** Stands for the models of machines that do not tell them. */
export const untoldModel = 'untold';

/** Whose figures are asked for; left out: those of this machine. */
export type Machines = 'all';

/** What a person's other machines have told the team's server, by UTC day, tool and model, and what is known of that. */
export interface OtherMachines extends OthersKnown {
  readonly rows: readonly OtherRow[];
}

/** Nothing is known of other machines. */
export const noOthers: OtherMachines = {
  machines: undefined,
  rows: [],
  since: undefined,
  until: undefined,
  at: undefined,
  offline: undefined,
};

/** How far and how lately other machines are known. */
export interface OthersKnown {
  /** How many there are besides this one; undefined until the server has said it. */
  readonly machines: number | undefined;
  /** First and last UTC day of which anything was told; undefined where nothing was. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** When the server last said so, epoch milliseconds; undefined where it never has. */
  readonly at: number | undefined;
  /** Why it is not newer; a sentence. */
  readonly offline: string | undefined;
}

/** Sums of a UTC day; money in micro-USD at list prices. */
export interface OtherRow {
  readonly day: string;
  readonly tool: ToolId;
  /** A normalised id, or `untoldModel`. */
  readonly model: string;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** The part of `cacheWrite` that is kept for an hour. */
  readonly cacheWrite1h: number;
  readonly reasoning: number;
  readonly requests: number;
  readonly microUSD: number;
  readonly unpricedTokens: number;
  readonly estimatedTokens: number;
}

/** What a view says of the other machines whose figures are in it. */
export interface Elsewhere extends OthersKnown {
  /** Their part of the view's tokens. */
  readonly tokens: number;
  /** The filter is by what only this machine knows, so that nothing of them is in it. */
  readonly filteredOut: boolean;
}
