const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** The calendar of one IANA time zone. Times are epoch milliseconds, days are `YYYY-MM-DD`. */
export interface Zone {
  /** The zone's IANA name: `Europe/Berlin`. */
  readonly name: string;
  /** The local day of a time. */
  dayOf(time: number): string;
  /** The local hour of a time: `2026-10-25 02:00`. When clocks go back, two hours share a name. */
  hourOf(time: number): string;
  /** The Monday of the ISO week of a time. */
  weekOf(time: number): string;
  /** The local month of a time: `2026-10`. */
  monthOf(time: number): string;
  /** The first instant of a day, which is not always midnight; of a day that the zone skipped, the end of the day before. */
  startOfDay(day: string): number;
}

/** The offset from UTC during one UTC day, in milliseconds: `before` until `change`, then `after`. */
interface OffsetDay {
  readonly change: number;
  readonly before: number;
  readonly after: number;
}

/**
 * The zone of an IANA name, default the machine's, whose name `ownName` may know sooner than Intl. Throws a RangeError that
 * says so when there is no such zone.
 */
export function zoneOf(name?: string, ownName?: () => string | undefined): Zone {
  let told = name === undefined ? undefined : formatOf(name);
  const offsetAt = told === undefined ? machineOffsetAt : offsetsIn(told);
  const offsetDays = new Map<number, OffsetDay>();
  let recentDay = Number.NaN;
  let recent: OffsetDay = { change: 0, before: 0, after: 0 };

  function localTime(time: number): number {
    const day = Math.floor(time / dayMs);
    if (day !== recentDay) {
      recent = offsetDays.get(day) ?? offsetDay(offsetAt, day);
      offsetDays.set(day, recent);
      recentDay = day;
    }
    return time + (time < recent.change ? recent.before : recent.after);
  }

  function startOfDay(day: string): number {
    const midnight = Date.parse(`${day}T00:00Z`);
    const offsets = [-1, 0, 1].map((days) => midnight + days * dayMs).map((time) => localTime(time) - time);
    const starts = offsets.map((offset) => midnight - offset);
    const exact = starts.filter((start) => localTime(start) === midnight);
    if (exact.length > 0) return Math.min(...exact);
    return firstWhere(Math.min(...starts), Math.max(...starts), (time) => localTime(time) >= midnight);
  }

  return {
    get name() {
      const known = name === undefined ? ownName?.() : undefined;
      if (known !== undefined) return known;
      told ??= formatOf(name);
      return told.resolvedOptions().timeZone;
    },
    dayOf: (time) => dayName(Math.floor(localTime(time) / dayMs)),
    hourOf: (time) => hourName(Math.floor(localTime(time) / hourMs)),
    weekOf: (time) => dayName(mondayOf(Math.floor(localTime(time) / dayMs))),
    monthOf: (time) => dayName(Math.floor(localTime(time) / dayMs)).slice(0, -3),
    startOfDay,
  };
}

/** The day that many days later, or earlier when negative. */
export function addDays(day: string, days: number): string {
  return dayName(Date.parse(`${day}T00:00Z`) / dayMs + days);
}

/** Whether a text is a day of the calendar, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00Z`);
  return Number.isFinite(time) && dayName(time / dayMs) === text;
}

function formatOf(name: string | undefined): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...(name === undefined ? {} : { timeZone: name }),
      hourCycle: 'h23',
      era: 'narrow',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    throw new RangeError(`${name} is not a time zone; a name like Europe/Berlin or UTC is.`, { cause });
  }
}

/** Intl takes microseconds a time, so it is asked twice a UTC day, and searched only on a day whose offset changes. */
function offsetDay(offsetAt: OffsetAt, day: number): OffsetDay {
  const start = day * dayMs;
  const before = offsetAt(start);
  const after = offsetAt(start + dayMs);
  const change = before === after ? start : firstWhere(start, start + dayMs, (time) => offsetAt(time) !== before);
  return { change, before, after };
}

/** The offset from UTC at a time, both in milliseconds. */
type OffsetAt = (time: number) => number;

function offsetsIn(told: Intl.DateTimeFormat): OffsetAt {
  return (time) => {
    const second = Math.floor(time / 1000) * 1000;
    const fields: Record<string, string> = {};
    for (const { type, value } of told.formatToParts(second)) fields[type] = value;
    const year = Number(fields.year);
    const local = new Date(0);
    local.setUTCFullYear(fields.era === 'B' ? 1 - year : year, Number(fields.month) - 1, Number(fields.day));
    local.setUTCHours(Number(fields.hour), Number(fields.minute), Number(fields.second));
    return local.getTime() - second;
  };
}

/** Of the machine's own zone any date knows it, and Intl takes a fifth of a whole answer of the command to be ready. */
function machineOffsetAt(time: number): number {
  const second = new Date(Math.floor(time / 1000) * 1000);
  const local = new Date(0);
  local.setUTCFullYear(second.getFullYear(), second.getMonth(), second.getDate());
  local.setUTCHours(second.getHours(), second.getMinutes(), second.getSeconds());
  return local.getTime() - second.getTime();
}

/** The first whole millisecond after `low`, and at most `high`, where the test holds; it must go on holding from there. */
function firstWhere(low: number, high: number, holds: (time: number) => boolean): number {
  let from = low;
  let to = high;
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle;
  }
  return to;
}

/** Days and hours since the epoch have the same name in every zone. */
const dayNames = new Map<number, string>();
const hourNames = new Map<number, string>();

function dayName(day: number): string {
  let name = dayNames.get(day);
  if (name === undefined) {
    name = new Date(day * dayMs).toISOString().slice(0, -14);
    dayNames.set(day, name);
  }
  return name;
}

function hourName(hour: number): string {
  let name = hourNames.get(hour);
  if (name === undefined) {
    const day = Math.floor(hour / 24);
    name = `${dayName(day)} ${String(hour - day * 24).padStart(2, '0')}:00`;
    hourNames.set(hour, name);
  }
  return name;
}

/** The epoch was a Thursday. */
function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}
