/** What a month's forecast goes by. */
export interface ForecastBasis {
  /** What the month has come to by now. */
  readonly soFar: number;
  /** The whole days before today, at most eight weeks of them, from early to late; days without use are 0. */
  readonly past: readonly number[];
  /** Weekday of today, 0 to 6. */
  readonly weekday: number;
  /** The share of a usual day that comes after this time of day, 0 to 1. */
  readonly restOfToday: number;
  /** Days of the month after today. */
  readonly daysToCome: number;
}

export interface MonthForecast {
  readonly likely: number;
  /** Eight of ten months end between. */
  readonly low: number;
  readonly high: number;
}

/** Days with use that a forecast takes at least. */
export const leastActiveDays = 7;

/** Eight of ten cases lie within so many standard deviations, when these are known from eight weeks only. */
const eightOfTen = 1.4;
/** A busy day is often followed by another: weeks may spread by more than their days do, which so few weeks tell only roughly. */
const mostClustering = 3;

/**
 * The month so far and, for each day that is left, the mean of its weekday in the past weeks. The range comes from how far
 * days were from that mean, from how much whole weeks were, and from how few weeks the mean rests on. Undefined with fewer
 * than seven days of use.
 */
export function monthForecast(basis: ForecastBasis): MonthForecast | undefined {
  const { soFar, past, weekday, restOfToday, daysToCome } = basis;
  if (past.filter((value) => value > 0).length < leastActiveDays) return undefined;
  const byWeekday = Array.from({ length: 7 }, (_, day) => valuesOf(past, weekday, day));
  const means = byWeekday.map((values) => mean(values.length === 0 ? past : values));
  const variances = byWeekday.map((values, day) => varianceAround(means[day] as number, values));
  const counts = Array.from({ length: 7 }, () => 0);
  counts[weekday] = restOfToday;
  for (let day = 1; day <= daysToCome; day++) {
    const of = (weekday + day) % 7;
    counts[of] = (counts[of] as number) + 1;
  }
  let likely = soFar;
  let variance = 0;
  counts.forEach((count, day) => {
    likely += count * (means[day] as number);
    variance += (variances[day] as number) * (count + count ** 2 / Math.max(1, byWeekday[day]?.length ?? 0));
  });
  const spread = eightOfTen * Math.sqrt(variance * clustering(past, means, variances, weekday));
  return {
    likely: Math.round(likely),
    low: Math.round(Math.max(soFar, likely - spread)),
    high: Math.round(likely + spread),
  };
}

/** The past values of one weekday, when today has the given one. */
function valuesOf(past: readonly number[], today: number, weekday: number): readonly number[] {
  return past.filter((_, index) => weekdayAt(past, index, today) === weekday);
}

function weekdayAt(past: readonly number[], index: number, today: number): number {
  return (((today - (past.length - index)) % 7) + 7) % 7;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceAround(center: number, values: readonly number[]): number {
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return squares / Math.max(1, values.length - 1);
}

/** How many times more whole weeks vary than their days would by themselves. */
function clustering(
  past: readonly number[],
  means: readonly number[],
  variances: readonly number[],
  today: number,
): number {
  const weeks = Math.floor(past.length / 7);
  const ofDays = variances.reduce((sum, value) => sum + value, 0);
  if (weeks < 2 || ofDays === 0) return 1;
  const start = past.length - weeks * 7;
  const residues = Array.from({ length: weeks }, () => 0);
  for (let index = start; index < past.length; index++) {
    const week = Math.floor((index - start) / 7);
    const residue = (past[index] as number) - (means[weekdayAt(past, index, today)] as number);
    residues[week] = (residues[week] as number) + residue;
  }
  return Math.min(mostClustering, Math.max(1, varianceAround(0, residues) / ofDays));
}
