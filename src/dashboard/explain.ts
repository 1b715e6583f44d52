import { pricesVersion } from '../pricing/price-list.ts';
import { toolTitle } from '../readers/index.ts';
import { addDays } from '../usage/days.ts';
import { quarterMs } from '../usage/tally.ts';
import { ESTIMATED, EVENTS, UNPRICED } from './cube.ts';
import { type Figures, periodOf, selected } from './figures.ts';
import type { Card, ExplainView } from './protocol/explain.ts';
import type { Period, Scope } from './protocol/scope.ts';
import { ranked } from './ranking.ts';
import { visit } from './selection.ts';
import { addTo, sumAt, sumTable, togetherOf } from './sum-table.ts';

/** What the figures of a card rest on; some cards have a span of their own, and leave the filter out. */
export function explainView(figures: Figures, card: Card, scope: Scope): ExplainView {
  const { names, clock, settings } = figures;
  const span = periodOf(figures, periodFor(figures, card, scope));
  const filter = card === 'badges' || card === 'limits' ? {} : scope.filter;
  const tools = sumTable(names.tools.length);
  visit(figures.cube, span, selected(figures, filter), (_, __, origin, sums, place) =>
    addTo(tools, names.toolOf[origin] ?? 0, sums, place),
  );
  const order = ranked(tools);
  const all = togetherOf(tools, order);
  return {
    card,
    requests: sumAt(all, 0, EVENTS),
    tools: order.flatMap((tool) => {
      const id = names.tools[tool];
      if (id === undefined) return [];
      const requests = sumAt(tools, tool, EVENTS);
      return [{ title: toolTitle(id), requests, estimatedTokens: sumAt(tools, tool, ESTIMATED) }];
    }),
    pricesVersion,
    unpricedTokens: sumAt(all, 0, UNPRICED),
    estimatedTokens: sumAt(all, 0, ESTIMATED),
    estimates: settings.estimates,
    zone: clock.zone.name,
    since: span.view.since,
    until: span.view.until,
  };
}

function periodFor({ clock, now }: Figures, card: Card, { period }: Scope): Period {
  const until = clock.zone.dayOf(now);
  switch (card) {
    case 'records':
    case 'badges':
    case 'session':
      return { kind: 'all' };
    case 'calendar':
      return { kind: 'range', since: addDays(clock.zone.weekOf(now), -25 * 7), until };
    case 'forecast':
      return { kind: 'range', since: addDays(until, -56), until };
    case 'burn':
      return { kind: 'range', since: clock.zone.dayOf(now - 4 * quarterMs), until };
    default:
      return period;
  }
}
