import type { Ledger } from '../ledger/ledger.ts';
import { activeQuarters } from '../stats/active-time.ts';
import { quarterMs } from '../usage/tally.ts';
import { EVENTS, TOKENS } from './cube.ts';
import { eventCost, eventRows, tokensOf } from './event-rows.ts';
import type { Figures } from './figures.ts';
import type { BurnView } from './protocol/insights.ts';
import { type Selection, visit } from './selection.ts';

const hourMs = 3_600_000;
const quartersAnHour = hourMs / quarterMs;
const usualDays = 30;

/** The last hour against the usual active hour of the thirty days before it; undefined without a request in it. */
export function burnView(figures: Figures, ledger: Ledger, selection: Selection): BurnView | undefined {
  const { now, names, settings } = figures;
  const events = eventRows(ledger, now - hourMs, now + 1).filter(
    ({ series, origin }) => selection.series[series] === 1 && selection.origins[origin] === 1,
  );
  if (events.length === 0) return undefined;
  const tokens = events.reduce((sum, event) => sum + tokensOf(event), 0);
  const usual = usualHour(figures, selection);
  const priced = events.some(({ cost, reported }) =>
    settings.costSource === 'reported' ? reported > 0 : cost !== null,
  );
  return {
    tokensPerHour: tokens,
    costNanoUSDPerHour: priced ? events.reduce((sum, event) => sum + eventCost(event, settings.costSource), 0) : null,
    timesUsual: usual === undefined ? null : tokens / usual,
    sessions: new Set(events.map(({ origin }) => names.sessionOf[origin])).size,
  };
}

/** Tokens of an active hour, on average. */
function usualHour({ cube, now, clock }: Figures, selection: Selection): number | undefined {
  const toQuarter = Math.floor((now - hourMs) / quarterMs);
  const span = { fromQuarter: clock.firstOf(clock.dayOf(toQuarter) - usualDays), toQuarter };
  let tokens = 0;
  let quarters = 0;
  let last: number | undefined;
  visit(cube, span, selection, (quarter, _, __, sums, place) => {
    if ((sums[place + EVENTS] as number) <= 0) return;
    tokens += sums[place + TOKENS] as number;
    if (quarter === last) return;
    quarters += activeQuarters(last, quarter);
    last = quarter;
  });
  return tokens === 0 ? undefined : (tokens * quartersAnHour) / quarters;
}
