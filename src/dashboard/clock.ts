import type { Zone } from '../usage/days.ts';
import { quarterMs } from '../usage/tally.ts';
import { quartersADay } from './cube.ts';

/** The local calendar of quarters of an hour as numbers, for passes over very many of them. */
export interface Clock {
  readonly zone: Zone;
  /** Local hours since the epoch. When clocks go back, different quarters share one. */
  hourOf(quarter: number): number;
  /** Local days since the epoch. */
  dayOf(quarter: number): number;
  /** The first quarter of a local day. */
  firstOf(day: number): number;
}

const dayMs = 86_400_000;

export function clockOf(zone: Zone): Clock {
  const days = new Map<number, Int32Array>();
  let recentDay = Number.NaN;
  let recent: Int32Array = new Int32Array(0);

  function hourOf(quarter: number): number {
    const day = Math.floor(quarter / quartersADay);
    if (day !== recentDay) {
      let hours = days.get(day);
      if (hours === undefined) {
        hours = hoursOf(zone, day);
        days.set(day, hours);
      }
      recent = hours;
      recentDay = day;
    }
    return recent[quarter - day * quartersADay] as number;
  }

  return {
    zone,
    hourOf,
    dayOf: (quarter) => Math.floor(hourOf(quarter) / 24),
    firstOf: (day) => zone.startOfDay(dayName(day)) / quarterMs,
  };
}

/** Name of a day since the epoch: `2026-11-22`. */
export function dayName(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, -14);
}

/** Number of a day since the epoch. */
export function dayNumber(name: string): number {
  return Date.parse(`${name}T00:00Z`) / dayMs;
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The local hours of a UTC day's quarters. On a day without a change of clocks, four of them tell all others. */
function hoursOf(zone: Zone, day: number): Int32Array {
  const hours = new Int32Array(quartersADay);
  const start = day * quartersADay;
  const changes = localHour(zone, start + quartersADay) - localHour(zone, start) !== 24;
  const asked = changes ? quartersADay : 4;
  for (let quarter = 0; quarter < asked; quarter++) hours[quarter] = localHour(zone, start + quarter);
  for (let quarter = asked; quarter < quartersADay; quarter++) hours[quarter] = (hours[quarter - 4] as number) + 1;
  return hours;
}

function localHour(zone: Zone, quarter: number): number {
  return Date.parse(`${zone.hourOf(quarter * quarterMs).replace(' ', 'T')}Z`) / 3_600_000;
}
