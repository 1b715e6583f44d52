import type { Ledger } from '../ledger/ledger.ts';
import { quarterMs } from '../usage/tally.ts';
import { CACHE_READ, TOKENS } from './cube.ts';
import { contextOf, type EventRow, eventCost, eventRows, tokensOf } from './event-rows.ts';
import { costColumn, type Figures } from './figures.ts';
import { everything } from './history.ts';
import { listRow } from './list-rows.ts';
import { type OneRow, oneRow } from './one-row.ts';
import type { CoursePoint, SessionView } from './protocol/sessions.ts';
import { ranked } from './ranking.ts';
import { visit } from './selection.ts';
import { addTo, amountsAt, sumTable } from './sum-table.ts';

/** Input, cache included, above which a request is a long one. */
export const longContext = 200_000;

const mostPoints = 2000;

/** A session over time, whatever the scope; undefined once it is gone. */
export function sessionView(figures: Figures, ledger: Ledger, id: string): SessionView | undefined {
  const found = oneRow(figures, id);
  if (found === undefined || found.groups.kind !== 'sessions') return undefined;
  const { names, settings } = figures;
  const events = eventsOf(ledger, found);
  const models = sumTable(names.models.length);
  const agents = sumTable(names.agents.length);
  visit(figures.cube, everything, found.selection, (_, series, origin, sums, place) => {
    addTo(models, names.series[series]?.modelIndex ?? 0, sums, place);
    addTo(agents, names.agentOf[origin] ?? 0, sums, place);
  });
  return {
    row: listRow(figures, found.groups, 0),
    course:
      events.length > mostPoints
        ? quarterCourse(figures, found)
        : events.map((event) => point(event, settings.costSource, (names.agentOf[event.origin] ?? 0) !== 0)),
    byModel: ranked(models).map((model) => ({
      model: names.models[model] ?? '',
      amounts: amountsAt(models, model, settings.costSource),
    })),
    bySubagent: ranked(agents)
      .filter((agent) => agent !== 0)
      .map((agent) => ({ agent: names.agents[agent] ?? '', amounts: amountsAt(agents, agent, settings.costSource) })),
    longRequests: events.filter((event) => contextOf(event) > longContext).length,
  };
}

/** Asks only for the time in which there was anything: a session may have rested for weeks. */
function eventsOf(ledger: Ledger, { groups, quarters, selection }: OneRow): readonly EventRow[] {
  const origins = groups.origins[0] ?? [];
  const events: EventRow[] = [];
  for (let start = 0; start < quarters.length; ) {
    let end = start + 1;
    while (quarters[end] === (quarters[end - 1] as number) + 1) end++;
    const from = quarters[start] as number;
    const to = (quarters[end - 1] as number) + 1;
    for (const event of eventRows(ledger, from * quarterMs, to * quarterMs, origins)) {
      if (selection.series[event.series] === 1) events.push(event);
    }
    start = end;
  }
  return events;
}

function point(event: EventRow, source: 'list' | 'reported', subagent: boolean): CoursePoint {
  const tokens = tokensOf(event);
  return { time: event.time, tokens, fresh: tokens - event.cacheRead, costNanoUSD: eventCost(event, source), subagent };
}

/** One point a quarter of an hour for the session itself, and one for its subagents. */
function quarterCourse(figures: Figures, { selection }: OneRow): readonly CoursePoint[] {
  const money = costColumn(figures);
  const points = new Map<string, { -readonly [name in keyof CoursePoint]: CoursePoint[name] }>();
  visit(figures.cube, everything, selection, (quarter, _, origin, sums, place) => {
    const subagent = (figures.names.agentOf[origin] ?? 0) !== 0;
    const key = `${quarter} ${subagent}`;
    const found = points.get(key) ?? { time: quarter * quarterMs, tokens: 0, fresh: 0, costNanoUSD: 0, subagent };
    const tokens = sums[place + TOKENS] as number;
    found.tokens += tokens;
    found.fresh += tokens - (sums[place + CACHE_READ] as number);
    found.costNanoUSD += sums[place + money] as number;
    points.set(key, found);
  });
  return [...points.values()];
}
