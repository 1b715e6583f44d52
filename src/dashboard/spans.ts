import { addDays, isDay, type Zone } from '../usage/days.ts';
import { quarterMs } from '../usage/tally.ts';
import { dayNumber } from './clock.ts';
import type { Period, SpanView } from './protocol/scope.ts';

/** The quarters of an hour that a period covers; the end is not included. */
export interface QuarterSpan {
  readonly fromQuarter: number;
  readonly toQuarter: number;
}

export interface PeriodSpan extends QuarterSpan {
  readonly view: SpanView;
}

/** A span to compare a period with. */
export interface SpanBefore extends QuarterSpan {
  /** First and last day. */
  readonly since: string;
  readonly until: string;
}

/** Days that a period reaches back from today. */
const reach: Readonly<Partial<Record<Period['kind'], number>>> = { today: 1, '7d': 7, '30d': 30, '90d': 90 };

/** What a period covers at a moment, when the first tally is of that quarter; undefined where there is none. */
export function spanOf(period: Period, zone: Zone, now: number, firstQuarter: number | undefined): PeriodSpan {
  const today = zone.dayOf(now);
  const first = firstQuarter === undefined ? today : zone.dayOf(firstQuarter * quarterMs);
  const [since, until] = daysOf(period, today, first);
  const from = zone.startOfDay(since);
  const end = zone.startOfDay(addDays(until, 1));
  return {
    view: { since, until, from, to: Math.max(from, Math.min(now, end)), days: dayNumber(until) - dayNumber(since) + 1 },
    // What a wrong clock dates beyond today belongs to all of the ledger as well.
    ...(period.kind === 'all'
      ? { fromQuarter: 0, toQuarter: Number.MAX_SAFE_INTEGER }
      : { fromQuarter: from / quarterMs, toQuarter: end / quarterMs }),
  };
}

/**
 * The same elapsed span before a period: of N days the N days before them. What is still running is compared up to the
 * same time of day, to the nearest quarter of an hour; a calendar month or year up to the same day of the one before it.
 */
export function spanBefore(period: Period, span: PeriodSpan, zone: Zone, now: number): SpanBefore | undefined {
  if (period.kind === 'all') return undefined;
  const today = zone.dayOf(now);
  const { since, until } = span.view;
  const running = since <= today && until >= today;
  const last = running ? today : until;
  const months = period.kind === 'month' ? 1 : period.kind === 'year' ? 12 : undefined;
  const days = dayNumber(last) - dayNumber(since) + 1;
  const sinceBefore = months === undefined ? addDays(since, -days) : monthsBefore(since, months);
  const untilBefore = months === undefined ? addDays(last, -days) : monthsBefore(last, months);
  // The month before may have had no such day: then it counts whole.
  const whole = !running || (months !== undefined && untilBefore.slice(8) !== last.slice(8));
  const to = whole ? zone.startOfDay(addDays(untilBefore, 1)) : sameTimeOn(untilBefore, zone, now);
  return {
    since: sinceBefore,
    until: untilBefore,
    fromQuarter: zone.startOfDay(sinceBefore) / quarterMs,
    toQuarter: Math.round(to / quarterMs),
  };
}

function daysOf(period: Period, today: string, first: string): readonly [string, string] {
  switch (period.kind) {
    case 'month':
      return [`${today.slice(0, 8)}01`, today];
    case 'year':
      return [`${today.slice(0, 5)}01-01`, today];
    case 'all':
      return [first < today ? first : today, today];
    case 'range': {
      const [since = today, until = today] = [period.since, period.until].sort();
      if (!isDay(since) || !isDay(until)) throw new RangeError(`${isDay(since) ? until : since} is not a day.`);
      return [since, until];
    }
    default:
      return [addDays(today, 1 - (reach[period.kind] ?? 1)), today];
  }
}

/** The same day of an earlier month, or that month's last one. */
function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The moment of a day at which its clocks show what they show now, on days of 23 or 25 hours too. */
function sameTimeOn(day: string, zone: Zone, now: number): number {
  const start = zone.startOfDay(day);
  const end = zone.startOfDay(addDays(day, 1));
  const guess = start + (now - zone.startOfDay(zone.dayOf(now)));
  const shift = wallMs(zone, now, zone.dayOf(now)) - wallMs(zone, guess, day);
  return Math.min(Math.max(guess + shift, start), end);
}

/** What the clocks show at a time, to the hour, since midnight of a day. */
function wallMs(zone: Zone, time: number, day: string): number {
  return Date.parse(`${zone.hourOf(time).replace(' ', 'T')}Z`) - Date.parse(`${day}T00:00Z`);
}
