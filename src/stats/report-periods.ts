import { addDays, type Zone } from '../usage/days.ts';
import { type Dimension, isTime } from './report.ts';

/**
 * The end of the coarsest period from which a report by these dimensions can be made, by a time in it: all time, or a day.
 * Undefined where quarters of an hour are needed.
 */
export function periodEndFor(by: readonly Dimension[], zone: Zone): ((time: number) => number) | undefined {
  if (by.includes('hour') || by.includes('block')) return undefined;
  if (!by.some(isTime)) return () => Number.POSITIVE_INFINITY;
  return (time) => zone.startOfDay(addDays(zone.dayOf(time), 1));
}
