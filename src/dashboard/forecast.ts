import { monthForecast } from '../stats/month-forecast.ts';
import { dayNumber, weekdayOf } from './clock.ts';
import { EVENTS, TOKENS } from './cube.ts';
import { type Figures, selected } from './figures.ts';
import type { History } from './history.ts';
import type { Forecast, ForecastView } from './protocol/overview.ts';
import type { Filter } from './protocol/scope.ts';
import { visit } from './selection.ts';

const pastDays = 56;

/** What the current month comes to; undefined until there are seven days of use in the eight weeks before today. */
export function forecastView(figures: Figures, filter: Filter, history: History): ForecastView | undefined {
  const { clock, now } = figures;
  const name = clock.zone.dayOf(now);
  const today = dayNumber(name);
  const first = dayNumber(`${name.slice(0, 8)}01`);
  const [year = 0, month = 0] = name.split('-').map(Number);
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const begun = Math.max(today - pastDays, history.days[0] ?? today);
  const frame = {
    weekday: weekdayOf(today),
    restOfToday: restOfToday(figures, filter, today),
    daysToCome: daysInMonth - (today - first + 1),
  };
  const ask = (values: ReadonlyMap<number, number>) => {
    let soFar = 0;
    for (let day = first; day <= today; day++) soFar += values.get(day) ?? 0;
    const past = Array.from({ length: today - begun }, (_, index) => values.get(begun + index) ?? 0);
    return { soFar, forecast: monthForecast({ ...frame, soFar, past }) };
  };
  const tokens = ask(history.tokens);
  if (tokens.forecast === undefined) return undefined;
  const cost = ask(history.cost);
  const both = (of: 'likely' | 'low' | 'high'): Forecast => ({
    tokens: tokens.forecast?.[of] ?? 0,
    costNanoUSD: cost.forecast?.[of] ?? null,
  });
  return {
    month: name.slice(0, 7),
    soFar: { tokens: tokens.soFar, costNanoUSD: cost.forecast === undefined ? null : cost.soFar },
    likely: both('likely'),
    low: both('low'),
    high: both('high'),
  };
}

/** The share of their tokens that the days of the past eight weeks still had before them at this time of day. */
function restOfToday(figures: Figures, filter: Filter, today: number): number {
  const { cube, clock, now } = figures;
  const hours = new Float64Array(24);
  const span = { fromQuarter: clock.firstOf(today - pastDays), toQuarter: clock.firstOf(today) };
  visit(cube, span, selected(figures, filter), (quarter, _, __, sums, place) => {
    if ((sums[place + EVENTS] as number) <= 0) return;
    const hour = clock.hourOf(quarter) % 24;
    hours[hour] = (hours[hour] as number) + (sums[place + TOKENS] as number);
  });
  const all = hours.reduce((sum, value) => sum + value, 0);
  if (all === 0) return 0;
  const hour = Number(clock.zone.hourOf(now).slice(11, 13));
  const passed = (now % 3_600_000) / 3_600_000;
  const later = hours.subarray(hour + 1).reduce((sum, value) => sum + value, 0);
  return (later + (1 - passed) * (hours[hour] as number)) / all;
}
