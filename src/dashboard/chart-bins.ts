import { quarterMs } from '../usage/tally.ts';
import { type Clock, dayName, dayNumber, weekdayOf } from './clock.ts';
import type { ChartView } from './protocol/chart.ts';
import type { PeriodSpan } from './spans.ts';

/** The bins of a chart; rows are added in order of time. */
export interface Bins {
  readonly grain: ChartView['grain'];
  readonly bins: ChartView['bins'];
  /** First quarter of each bin. */
  readonly starts: readonly number[];
}

const mostDays = 92;
const mostDaysByWeek = 731;
/** A range of one's own may be absurdly long: what came before the last so many bins is in the first of them. */
const mostBins = 1500;

/** Hours of a single day, days up to three months, weeks up to two years, else months. */
export function binsOf({ view }: PeriodSpan, clock: Clock): Bins {
  const first = dayNumber(view.since);
  const last = dayNumber(view.until);
  const grain =
    view.days <= 1 ? 'hour' : view.days <= mostDays ? 'day' : view.days <= mostDaysByWeek ? 'week' : 'month';
  if (grain === 'hour') return hourBins(clock, first);
  const days: number[] = [];
  for (let day = startOf(grain, last); days.length < mostBins && day >= startOf(grain, first); ) {
    days.unshift(day);
    day = startOf(grain, day - 1);
  }
  const starts = days.map((day) => clock.firstOf(day));
  return {
    grain,
    starts,
    bins: days.map((day, index) => ({
      name: grain === 'month' ? dayName(day).slice(0, 7) : dayName(day),
      from: (starts[index] ?? 0) * quarterMs,
    })),
  };
}

/** Index of the bin that a quarter falls in, looked for from the one before on; the first for what is earlier. */
export function binAt({ starts }: Bins, quarter: number, from: number): number {
  let bin = from;
  while (bin + 1 < starts.length && quarter >= (starts[bin + 1] as number)) bin++;
  return bin;
}

/** An hour that happens twice because clocks go back is two bins of one name. */
function hourBins(clock: Clock, day: number): Bins {
  const starts: number[] = [];
  const bins: { name: string; from: number }[] = [];
  const end = clock.firstOf(day + 1);
  let hour = Number.NaN;
  for (let quarter = clock.firstOf(day); quarter < end; quarter++) {
    const next = clock.hourOf(quarter);
    if (next === hour && quarter - (starts.at(-1) ?? quarter) < 4) continue;
    hour = next;
    starts.push(quarter);
    bins.push({ name: clock.zone.hourOf(quarter * quarterMs), from: quarter * quarterMs });
  }
  return { grain: 'hour', bins, starts };
}

function startOf(grain: 'day' | 'week' | 'month', day: number): number {
  if (grain === 'day') return day;
  if (grain === 'week') return day - weekdayOf(day);
  return dayNumber(`${dayName(day).slice(0, 8)}01`);
}
