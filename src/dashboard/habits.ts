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
  const money = costColumn(figures);
  const last: (number | undefined)[] = [];
  const active: number[] = [];
  const reads: Parts = new Map();
  const inputs: Parts = new Map();
  const readers = new Set<number>();
  const fleets = new Map<string, Set<number>>();
  visit(cube, span, selection, (quarter, series, origin, sums, place) => {
    const requests = sums[place + EVENTS] as number;
    if (requests <= 0) return;
    const session = names.sessionOf[origin] as number;
    if (last[session] !== quarter) {
      active[session] = (active[session] ?? 0) + activeQuarters(last[session], quarter);
      last[session] = quarter;
    }
    const read = sums[place + CACHE_READ] as number;
    const input = sums[place + INPUT] as number;
    if (read > 0) readers.add(names.toolOf[origin] as number);
    grow(reads, session, quarter, requests, read, read * (rates[series]?.cacheRead ?? 0));
    grow(inputs, session, quarter, requests, input, input * (rates[series]?.input ?? 0));
    const agent = names.agentOf[origin] as number;
    if (agent !== 0) addToSet(fleets, `${session} ${quarter}`, agent);
  });
  const wide: Parts = new Map();
  visit(cube, span, selection, (quarter, _, origin, sums, place) => {
    const session = names.sessionOf[origin] as number;
    if (names.agentOf[origin] === 0 || (fleets.get(`${session} ${quarter}`)?.size ?? 0) < wideFleet) return;
    const requests = sums[place + EVENTS] as number;
    grow(wide, session, quarter, requests, sums[place + TOKENS] as number, sums[place + money] as number);
  });
  const endless = only(reads, (session) => (active[session] ?? 0) >= endlessQuarters);
  const tools = names.sessions.map(({ tool }) => names.tools.indexOf(tool));
  const uncached = only(inputs, (session, { requests, tokens }) => {
    // A tool that never tells of cache reads may well have them.
    const told = readers.has(tools[session] ?? -1) && (reads.get(session)?.tokens ?? 0) === 0;
    return told && requests >= leastRequests && tokens >= leastInput;
  });
  return [
    ['endless-session', endless],
    ['wide-fleet', wide],
    ['no-cache', uncached],
  ];
}

function only(parts: Parts, test: (session: number, part: Part) => boolean): Parts {
  return new Map([...parts].filter(([session, part]) => test(session, part)));
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
