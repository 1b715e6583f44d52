import { addDays, type Zone } from '../usage/days.ts';
import { type Dimension, isTime } from './report.ts';

/** Many spans are summed sooner than one of years, and add up to the same. */
const longSpanMs = 30 * 86_400_000;

/**
 * The end of the coarsest period from which a report by these dimensions is made, by a time in it: a day, or a month or so where
 * time does not matter. Undefined where quarters of an hour are needed.
 */
export function periodEndFor(by: readonly Dimension[], zone: Zone): ((time: number) => number) | undefined {
  if (by.includes('hour') || by.includes('block')) return undefined;
  if (!by.some(isTime)) return (time) => time + longSpanMs;
  return (time) => zone.startOfDay(addDays(zone.dayOf(time), 1));
}
