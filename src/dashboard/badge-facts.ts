import {
  type BadgeFacts,
  type DayFacts,
  modelTokens,
  nightBegins,
  nightEnds,
  type Risen,
  toolTokens,
} from '../badges/facts.ts';
import { activeQuarters } from '../stats/active-time.ts';
import { quarterMs } from '../usage/tally.ts';
import { dayName } from './clock.ts';
import { CACHE_READ, EVENTS, OUTPUT, TOKENS } from './cube.ts';
import type { Fact } from './event-facts.ts';
import { costColumn, type Figures, selected } from './figures.ts';
import { addTo as addToSet, everything } from './history.ts';
import { visit } from './selection.ts';

type GrowingDay = { -readonly [name in keyof DayFacts]: DayFacts[name] };

/** All that the badges are decided by, of the whole ledger but for the tools that are left out. */
export function badgeFacts(figures: Figures, facts: readonly Fact[]): BadgeFacts {
  const { cube, names, clock, now } = figures;
  const selection = selected(figures, {});
  const money = costColumn(figures);
  const days = new Map<number, GrowingDay>();
  const costs = new Map<string, number>();
  const models = thresholds(modelTokens);
  const tools = thresholds(toolTokens);
  const longestSession: Risen[] = [];
  const mostSubagents: Risen[] = [];
  const last: (number | undefined)[] = [];
  const active: number[] = [];
  const agents = new Map<number, Set<number>>();
  visit(cube, everything, selection, (quarter, series, origin, sums, place) => {
    const requests = sums[place + EVENTS] as number;
    if (requests <= 0) return;
    const hour = clock.hourOf(quarter);
    const number = Math.floor(hour / 24);
    let day = days.get(number);
    if (day === undefined) {
      day = emptyDay(dayName(number));
      days.set(number, day);
    }
    const tokens = sums[place + TOKENS] as number;
    const cacheRead = sums[place + CACHE_READ] as number;
    day.requests += requests;
    day.tokens += tokens;
    day.fresh += tokens - cacheRead;
    day.input += tokens - (sums[place + OUTPUT] as number);
    day.cacheRead += cacheRead;
    if (hour - number * 24 < nightEnds || hour - number * 24 >= nightBegins) day.nightTokens += tokens;
    const month = day.day.slice(0, 7);
    costs.set(month, (costs.get(month) ?? 0) + (sums[place + money] as number));
    models.add(names.series[series]?.modelIndex ?? 0, tokens, day.day);
    tools.add(names.toolOf[origin] as number, tokens, day.day);
    const session = names.sessionOf[origin] as number;
    if (last[session] !== quarter) {
      active[session] = (active[session] ?? 0) + activeQuarters(last[session], quarter);
      last[session] = quarter;
      rise(longestSession, day.day, (active[session] ?? 0) * quarterMs);
    }
    const agent = names.agentOf[origin] as number;
    if (agent !== 0) {
      addToSet(agents, session, agent);
      rise(mostSubagents, day.day, agents.get(session)?.size ?? 0);
    }
  });
  for (const { kind, quarter, series, origin, requests } of facts) {
    if (kind !== 'long' || selection.series[series] !== 1 || selection.origins[origin] !== 1) continue;
    const day = days.get(clock.dayOf(quarter));
    if (day !== undefined) day.longRequests += requests;
  }
  const inOrder = [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  const today = clock.zone.dayOf(now);
  return {
    today,
    days: inOrder,
    modelDays: models.days,
    toolDays: tools.days,
    longestSession,
    mostSubagents,
    budgetMonths: budgetMonths(figures, inOrder, costs, today.slice(0, 7)),
  };
}

/** The months that were whole while an overall monthly budget was set. */
function budgetMonths(
  { settings }: Figures,
  days: readonly DayFacts[],
  costs: ReadonlyMap<string, number>,
  thisMonth: string,
): BadgeFacts['budgetMonths'] {
  const budgets = settings.budgets.filter(
    ({ per, tool, project, setOn }) =>
      per === 'month' && tool === undefined && project === undefined && setOn !== undefined,
  );
  const tokens = new Map<string, number>();
  for (const day of days) tokens.set(day.day.slice(0, 7), (tokens.get(day.day.slice(0, 7)) ?? 0) + day.tokens);
  return [...tokens].flatMap(([month, used]) => {
    const set = budgets.filter(({ setOn = '' }) => setOn <= `${month}-01`);
    if (month >= thisMonth || set.length === 0) return [];
    const within = set.every(({ unit, amount }) => (unit === 'tokens' ? used : (costs.get(month) ?? 0)) <= amount);
    return [{ month, within }];
  });
}

/** Notes the days on which running totals pass a threshold. */
function thresholds(threshold: number): {
  readonly days: string[];
  add(group: number, tokens: number, day: string): void;
} {
  const totals: number[] = [];
  const days: string[] = [];
  return {
    days,
    add(group, tokens, day) {
      const before = totals[group] ?? 0;
      totals[group] = before + tokens;
      if (before < threshold && before + tokens >= threshold) days.push(day);
    },
  };
}

/** Notes a record, one a day. */
function rise(course: Risen[], day: string, value: number): void {
  const highest = course.at(-1);
  if (highest !== undefined && value <= highest.value) return;
  if (highest?.day === day) course.pop();
  course.push({ day, value });
}

function emptyDay(day: string): GrowingDay {
  return { day, requests: 0, tokens: 0, fresh: 0, input: 0, cacheRead: 0, longRequests: 0, nightTokens: 0 };
}
