import type { DaySums } from '../ledger/day-sums.ts';
import { normalModelId } from '../usage/model-id.ts';
import { totalTokens } from '../usage/usage-event.ts';
import { maxDeviceDayMicroUsd, maxDeviceDayTokens } from './protocol/limits.ts';
import type { Cell } from './protocol/sync.ts';
import { otherModel } from './protocol/terms.ts';
import { isPublicName } from './public-model.ts';
import type { Catalogue } from './team.ts';

/** A cell before it has a revision. */
export type Counts = Omit<Cell, 'rev'>;

/** What of a machine's usage may be told, and how. */
export interface CellRules {
  /** The models switch. */
  readonly models: boolean;
  /** Models that the server's catalogue does not have. */
  readonly unknownModels: readonly string[];
  readonly catalogue: Catalogue;
}

const modelPattern = /^[a-z0-9][a-z0-9._:/-]{0,63}$/;

/** The cells of a UTC day, by tool and model in order. What no machine can use in a day is in none, as no server takes it. */
export function cellsOfDay(day: string, sums: readonly DaySums[], rules: CellRules): Counts[] {
  const byKey = new Map<string, Gathered>();
  for (const one of sums) {
    if (!rules.catalogue.tools.has(one.tool)) continue;
    const model = toldModel(one.model, rules);
    const key = `${one.tool} ${model}`;
    byKey.set(key, add(byKey.get(key) ?? empty(one.tool as Cell['tool'], model), one));
  }
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, gathered]) => countsOf(day, gathered, rules.catalogue.pricesVersion))
    .filter((counts) => counts.req > 0 && isPossible(counts));
}

/** A model as it is told: the normal id of a public one, else `other`, as a private model's name can name a customer. */
export function toldModel(model: string, { models, unknownModels, catalogue }: CellRules): string {
  if (!models) return otherModel;
  const id = normalModelId(model);
  const isTold = modelPattern.test(id) && isPublicName(id) && !unknownModels.includes(id) && catalogue.knowsModel(id);
  return isTold ? id : otherModel;
}

/** The cell that removes one. */
export function emptied({ day, tool, model, pv }: Pick<Counts, 'day' | 'tool' | 'model' | 'pv'>): Counts {
  return { day, tool, model, in: 0, out: 0, cr: 0, cw: 0, cw1: 0, rs: 0, req: 0, est: false, usd: null, pv };
}

interface Gathered {
  readonly tool: Cell['tool'];
  readonly model: string;
  readonly in: number;
  readonly out: number;
  readonly cr: number;
  readonly cw: number;
  readonly cw1: number;
  readonly rs: number;
  readonly req: number;
  readonly est: boolean;
  readonly nanoUSD: number;
  readonly priced: boolean;
}

function empty(tool: Cell['tool'], model: string): Gathered {
  const none = { in: 0, out: 0, cr: 0, cw: 0, cw1: 0, rs: 0, req: 0 };
  return { tool, model, ...none, est: false, nanoUSD: 0, priced: false };
}

function add(gathered: Gathered, sums: DaySums): Gathered {
  return {
    ...gathered,
    in: gathered.in + sums.input,
    out: gathered.out + sums.output,
    cr: gathered.cr + sums.cacheRead,
    cw: gathered.cw + sums.cacheWrite5m + sums.cacheWrite1h,
    cw1: gathered.cw1 + sums.cacheWrite1h,
    // Only a broken log tells of more reasoning than output.
    rs: gathered.rs + Math.min(sums.reasoning, sums.output),
    req: gathered.req + sums.events,
    est: gathered.est || sums.estimatedTokens > 0,
    nanoUSD: gathered.nanoUSD + sums.costNanoUSD,
    priced: gathered.priced || sums.costNanoUSD > 0 || sums.unpricedTokens < totalTokens(sums),
  };
}

function countsOf(day: string, { nanoUSD, priced, ...counts }: Gathered, pv: string): Counts {
  // Half a micro-USD is rounded up.
  return { day, ...counts, usd: priced ? Math.floor(nanoUSD / 1000 + 0.5) : null, pv };
}

function isPossible({ in: input, out, cr, cw, usd, req }: Counts): boolean {
  return (
    [input, out, cr, cw, req].every((count) => Number.isSafeInteger(count) && count >= 0) &&
    input + out + cr + cw <= maxDeviceDayTokens &&
    (usd ?? 0) <= maxDeviceDayMicroUsd
  );
}
