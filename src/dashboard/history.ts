import { activeQuarters } from '../stats/active-time.ts';
import { EVENTS, TOKENS } from './cube.ts';
import { costColumn, type Figures, selected } from './figures.ts';
import type { Filter } from './protocol/scope.ts';
import { visit } from './selection.ts';
import type { QuarterSpan } from './spans.ts';

/** All days of the ledger that pass a filter, and the records of its sessions. */
export interface History {
  /** Local days with requests since the epoch, in order. */
  readonly days: readonly number[];
  /** By local day. */
  readonly tokens: ReadonlyMap<number, number>;
  readonly cost: ReadonlyMap<number, number>;
  /** Index of the session and how long it was worked in, quarters of an hour. */
  readonly longestSession: { readonly session: number; readonly quarters: number } | undefined;
  readonly mostSubagents: { readonly session: number; readonly count: number } | undefined;
}

export const everything: QuarterSpan = { fromQuarter: 0, toQuarter: Number.MAX_SAFE_INTEGER };

/** The history under a filter, made once for as long as nothing changes. */
export function historyOf(figures: Figures, filter: Filter): History {
  return figures.remembered(`history ${JSON.stringify(filter)}`, () => makeHistory(figures, filter));
}

function makeHistory(figures: Figures, filter: Filter): History {
  const { cube, names, clock } = figures;
  const money = costColumn(figures);
  const tokens = new Map<number, number>();
  const cost = new Map<number, number>();
  const last: (number | undefined)[] = [];
  const active = new Float64Array(names.sessions.length);
  const agents = new Map<number, Set<number>>();
  let day = Number.NaN;
  let dayTokens = 0;
  let dayCost = 0;
  const endDay = (): void => {
    if (Number.isNaN(day)) return;
    tokens.set(day, (tokens.get(day) ?? 0) + dayTokens);
    cost.set(day, (cost.get(day) ?? 0) + dayCost);
  };
  visit(cube, everything, selected(figures, filter), (quarter, _, origin, sums, place) => {
    if ((sums[place + EVENTS] as number) <= 0) return;
    const on = clock.dayOf(quarter);
    if (on !== day) {
      endDay();
      day = on;
      dayTokens = 0;
      dayCost = 0;
    }
    dayTokens += sums[place + TOKENS] as number;
    dayCost += sums[place + money] as number;
    const session = names.sessionOf[origin] as number;
    if (last[session] !== quarter) {
      active[session] = (active[session] as number) + activeQuarters(last[session], quarter);
      last[session] = quarter;
    }
    const agent = names.agentOf[origin] as number;
    if (agent !== 0) addTo(agents, session, agent);
  });
  endDay();
  return {
    days: [...tokens.keys()].sort((a, b) => a - b),
    tokens,
    cost,
    longestSession: longest(active),
    mostSubagents: most(agents),
  };
}

/** Adds to the set of a key. */
export function addTo<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

function longest(active: Float64Array): History['longestSession'] {
  let session = -1;
  let quarters = 0;
  active.forEach((value, index) => {
    if (value <= quarters) return;
    session = index;
    quarters = value;
  });
  return session < 0 ? undefined : { session, quarters };
}

function most(agents: ReadonlyMap<number, ReadonlySet<number>>): History['mostSubagents'] {
  let found: History['mostSubagents'];
  for (const [session, { size }] of agents) if (size > (found?.count ?? 0)) found = { session, count: size };
  return found;
}
