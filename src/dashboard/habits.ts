import { activeQuarters } from '../stats/active-time.ts';
import { quarterMs } from '../usage/tally.ts';
import { CACHE_READ, EVENTS, INPUT, TOKENS } from './cube.ts';
import type { Fact } from './event-facts.ts';
import { costColumn, type Figures, projectTitle } from './figures.ts';
import { addTo as addToSet } from './history.ts';
import type { SeriesRates } from './model-rates.ts';
import type { HabitId, HabitSession, HabitView } from './protocol/insights.ts';
import { rowId } from './protocol/row-id.ts';
import { type Selection, visit } from './selection.ts';
import type { QuarterSpan } from './spans.ts';

/** What habits are told by. */
export interface HabitBasis {
  readonly figures: Figures;
  readonly span: QuarterSpan;
  readonly selection: Selection;
  /** By the ledger's id of a series. */
  readonly rates: readonly (SeriesRates | undefined)[];
  /** Those that are in the span and selected. */
  readonly facts: readonly Fact[];
}

/** A model whose output costs so much a token or more is a dear one: nano-USD, $20 a million. */
const dearOutput = 20_000;
/** Sessions of so many active hours are endless. */
const endlessQuarters = 6 * 4;
/** So many subagents at work in the same quarter of an hour are a wide fleet. */
const wideFleet = 4;
/** Sessions with fewer requests or less input gain little from a cache. */
const leastRequests = 10;
const leastInput = 100_000;
const sessionsShown = 3;

/** What one session contributes to a habit. */
interface Part {
  requests: number;
  tokens: number;
  cost: number;
  start: number;
}

type Parts = Map<number, Part>;

/** Habits that cost anything, the dearest first. */
export function habitViews(basis: HabitBasis): readonly HabitView[] {
  const found: readonly (readonly [HabitId, Parts])[] = [...factHabits(basis), ...cubeHabits(basis)];
  return found
    .map(([id, parts]) => habitView(basis.figures, id, parts))
    .filter(({ requests }) => requests > 0)
    .sort((a, b) => b.costNanoUSD - a.costNanoUSD || b.tokens - a.tokens);
}

/** Habits that only single requests show. */
function factHabits({ figures, rates, facts }: HabitBasis): readonly (readonly [HabitId, Parts])[] {
  const { names, settings } = figures;
  const long: Parts = new Map();
  const small: Parts = new Map();
  const cold: Parts = new Map();
  for (const { kind, quarter, series, origin, requests, tokens, cost, reported } of facts) {
    const session = names.sessionOf[origin] ?? 0;
    const spent = settings.costSource === 'reported' ? reported : cost;
    const rate = rates[series];
    if (kind === 'long') grow(long, session, quarter, requests, tokens, spent);
    else if (kind === 'small') {
      if ((rate?.output ?? 0) >= dearOutput) grow(small, session, quarter, requests, tokens, spent);
    } else {
      const write = kind === 'coldHour' ? rate?.cacheWrite1h : rate?.cacheWrite;
      grow(cold, session, quarter, requests, tokens, tokens * ((write ?? 0) - (rate?.cacheRead ?? 0)));
    }
  }
  return [
    ['long-context', long],
    ['dear-model-small-work', small],
    ['cold-cache', cold],
  ];
}

/** Habits that the tallies show. */
function cubeHabits(basis: HabitBasis): readonly (readonly [HabitId, Parts])[] {
  const { figures, span, selection, rates } = basis;
  const { cube, names } = figures;
  const work = sessionWork(basis);
  const fleets = new Map<number, Set<number>>();
  visit(cube, span, selection, (quarter, _, origin) => {
    const agent = names.agentOf[origin] as number;
    if (agent !== 0) addToSet(fleets, fleetOf(names.sessionOf[origin] as number, quarter), agent);
  });
  const uncached = (session: number): boolean =>
    // A tool that never tells of cache reads may well have them.
    work.readers.has(names.sessions[session]?.tool ?? '') &&
    work.reads[session] === 0 &&
    (work.requests[session] ?? 0) >= leastRequests &&
    (work.inputs[session] ?? 0) >= leastInput;
  const money = costColumn(figures);
  const endless: Parts = new Map();
  const wide: Parts = new Map();
  const without: Parts = new Map();
  visit(cube, span, selection, (quarter, series, origin, sums, place) => {
    const session = names.sessionOf[origin] as number;
    const at = (column: number): number => sums[place + column] as number;
    if ((work.active[session] ?? 0) >= endlessQuarters) {
      const cost = at(CACHE_READ) * (rates[series]?.cacheRead ?? 0);
      grow(endless, session, quarter, at(EVENTS), at(CACHE_READ), cost);
    }
    if (uncached(session)) {
      grow(without, session, quarter, at(EVENTS), at(INPUT), at(INPUT) * (rates[series]?.input ?? 0));
    }
    if (names.agentOf[origin] !== 0 && (fleets.get(fleetOf(session, quarter))?.size ?? 0) >= wideFleet) {
      grow(wide, session, quarter, at(EVENTS), at(TOKENS), at(money));
    }
  });
  return [
    ['endless-session', endless],
    ['wide-fleet', wide],
    ['no-cache', without],
  ];
}

/** What decides by session whether it shows a habit. */
interface SessionWork {
  readonly active: Float64Array;
  readonly requests: Float64Array;
  readonly inputs: Float64Array;
  readonly reads: Float64Array;
  /** Tools with any cache read. */
  readonly readers: ReadonlySet<string>;
}

function sessionWork({ figures: { cube, names }, span, selection }: HabitBasis): SessionWork {
  const { length } = names.sessions;
  const [active, requests, inputs] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  const reads = new Float64Array(length);
  const last: (number | undefined)[] = [];
  const readers = new Set<string>();
  visit(cube, span, selection, (quarter, _, origin, sums, place) => {
    const session = names.sessionOf[origin] as number;
    if (last[session] !== quarter) {
      active[session] = (active[session] as number) + activeQuarters(last[session], quarter);
      last[session] = quarter;
    }
    const read = sums[place + CACHE_READ] as number;
    if (read > 0) readers.add(names.sessions[session]?.tool ?? '');
    requests[session] = (requests[session] as number) + (sums[place + EVENTS] as number);
    inputs[session] = (inputs[session] as number) + (sums[place + INPUT] as number);
    reads[session] = (reads[session] as number) + read;
  });
  return { active, requests, inputs, reads, readers };
}

/** A session in a quarter of an hour, as one number. */
function fleetOf(session: number, quarter: number): number {
  return session * 2 ** 24 + quarter;
}

function grow(parts: Parts, session: number, quarter: number, requests: number, tokens: number, cost: number): void {
  const part = parts.get(session);
  if (part === undefined) parts.set(session, { requests, tokens, cost, start: quarter * quarterMs });
  else {
    part.requests += requests;
    part.tokens += tokens;
    part.cost += cost;
    part.start = Math.min(part.start, quarter * quarterMs);
  }
}

function habitView(figures: Figures, id: HabitId, parts: Parts): HabitView {
  const sum = { requests: 0, tokens: 0, cost: 0 };
  for (const { requests, tokens, cost } of parts.values()) {
    sum.requests += requests;
    sum.tokens += tokens;
    sum.cost += cost;
  }
  const worst = [...parts].sort(([, a], [, b]) => b.cost - a.cost || b.tokens - a.tokens).slice(0, sessionsShown);
  return {
    id,
    costNanoUSD: Math.round(sum.cost),
    tokens: sum.tokens,
    requests: sum.requests,
    sessions: worst.flatMap(([session, part]) => habitSession(figures, session, part)),
  };
}

function habitSession(figures: Figures, session: number, part: Part): readonly HabitSession[] {
  const { names } = figures;
  const name = names.sessions[session];
  if (name === undefined) return [];
  const origin = names.sessionOf.indexOf(session);
  return [
    {
      id: rowId({ list: 'sessions', ...name }),
      ...name,
      project: projectTitle(figures, names.projects[names.projectOf[origin] ?? -1] ?? ''),
      start: part.start,
      costNanoUSD: Math.round(part.cost),
      tokens: part.tokens,
    },
  ];
}
