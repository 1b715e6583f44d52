import type { Ledger } from '../ledger/ledger.ts';
import { quarterMs } from '../usage/tally.ts';
import { quartersADay } from './cube.ts';
import { contextOf, type EventRow, eventRows, tokensOf } from './event-rows.ts';
import { longContext } from './session.ts';

/** What only single requests tell: that they are long ones, that they did little, or that they wrote a cache again. */
export type FactKind = 'long' | 'small' | 'cold' | 'coldHour';

/** Requests of one kind, summed up like tallies. */
export interface Fact {
  readonly kind: FactKind;
  readonly quarter: number;
  readonly series: number;
  readonly origin: number;
  requests: number;
  /** All tokens; of a cold cache those that had to be written again. */
  tokens: number;
  /** List price, nano-USD. */
  cost: number;
  reported: number;
}

/** Where an origin stood at the end of a day. */
interface Standing {
  readonly time: number;
  /** What the next request can read from the cache. */
  readonly context: number;
}

/** The facts of a UTC day. What its first requests found depends on the days before. */
export interface DayFacts {
  readonly facts: readonly Fact[];
  /** By origin: its first request of the day, where it wrote the cache anew, and where it stood after its last. */
  readonly firsts: ReadonlyMap<number, EventRow>;
  readonly lasts: ReadonlyMap<number, Standing>;
}

/** A request does little work with at most so many tokens of output and of input, cache included. */
export const smallOutput = 300;
export const smallContext = 20_000;
/** Fewer tokens written to the cache are what any request adds. */
const leastRewritten = 10_000;
const lifeMs = 5 * 60_000;
const longLifeMs = 60 * 60_000;
const slices = 4;

/** Reads the facts of a UTC day in slices, between which others can be answered. */
export async function readDayFacts(ledger: Ledger, day: number, breathe: () => Promise<void>): Promise<DayFacts> {
  const facts = new Map<string, Fact>();
  const firsts = new Map<number, EventRow>();
  const lasts = new Map<number, Standing>();
  const sliceMs = (quartersADay * quarterMs) / slices;
  for (let slice = 0; slice < slices; slice++) {
    const from = day * quartersADay * quarterMs + slice * sliceMs;
    for (const row of eventRows(ledger, from, from + sliceMs)) {
      const before = lasts.get(row.origin);
      if (before === undefined && isRewrite(row)) firsts.set(row.origin, row);
      note(facts, row, before);
      lasts.set(row.origin, { time: row.time, context: tokensOf(row) });
    }
    await breathe();
  }
  return { facts: [...facts.values()], firsts, lasts };
}

/** All facts of days that follow each other, together with what shows only from one day to the next. */
export function factsOf(days: readonly DayFacts[]): readonly Fact[] {
  const across = new Map<string, Fact>();
  const standings = new Map<number, Standing>();
  for (const { firsts, lasts } of days) {
    for (const [origin, row] of firsts) noteCold(across, row, standings.get(origin));
    for (const [origin, standing] of lasts) standings.set(origin, standing);
  }
  return [...days.flatMap(({ facts }) => facts), ...across.values()];
}

function note(facts: Map<string, Fact>, row: EventRow, before: Standing | undefined): void {
  const context = contextOf(row);
  if (context > longContext) addFact(facts, 'long', row, tokensOf(row));
  if (row.output <= smallOutput && context <= smallContext) addFact(facts, 'small', row, tokensOf(row));
  noteCold(facts, row, before);
}

/** The cache had run out: most of what the request before had sent was written again. */
function noteCold(facts: Map<string, Fact>, row: EventRow, before: Standing | undefined): void {
  if (before === undefined || !isRewrite(row)) return;
  const written = row.cacheWrite5m + row.cacheWrite1h;
  const hour = row.cacheWrite1h > row.cacheWrite5m;
  if (row.time - before.time <= (hour ? longLifeMs : lifeMs)) return;
  addFact(facts, hour ? 'coldHour' : 'cold', row, Math.min(written, before.context));
}

/** Whether more was written to the cache than read from it, and not little. */
function isRewrite({ cacheWrite5m, cacheWrite1h, cacheRead }: EventRow): boolean {
  const written = cacheWrite5m + cacheWrite1h;
  return written >= leastRewritten && written > cacheRead;
}

function addFact(facts: Map<string, Fact>, kind: FactKind, row: EventRow, tokens: number): void {
  const { series, origin } = row;
  const quarter = Math.floor(row.time / quarterMs);
  const key = `${kind} ${quarter} ${series} ${origin}`;
  let fact = facts.get(key);
  if (fact === undefined) {
    fact = { kind, quarter, series, origin, requests: 0, tokens: 0, cost: 0, reported: 0 };
    facts.set(key, fact);
  }
  fact.requests++;
  fact.tokens += tokens;
  fact.cost += row.cost ?? 0;
  fact.reported += row.reported;
}
