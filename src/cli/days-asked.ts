import { addDays, isDay, type Zone, zoneOf } from '../usage/days.ts';
import type { Arguments } from './arguments.ts';
import { ownZoneName } from './own-zone-name.ts';
import { UsageError } from './usage-error.ts';

/** The zone of `--timezone`, default the machine's. */
export function zoneAsked(asked: Arguments): Zone {
  const name = asked.value('timezone');
  try {
    const zone = zoneOf(name, () => ownZoneName(process.env, process.platform));
    return name === undefined || name.toLowerCase() === zone.name.toLowerCase() ? zone : { ...zone, name };
  } catch {
    throw new UsageError(`'${name}' is no time zone; write it as Europe/Berlin or UTC.`);
  }
}

/** A day as people write it: `2026-05-12`, `today` or `yesterday`; for the complaint, the flag that it is the value of. */
export function dayAsked(text: string, flag: string, zone: Zone, now: number): string {
  const today = zone.dayOf(now);
  if (text === 'today') return today;
  if (text === 'yesterday') return addDays(today, -1);
  if (!isDay(text))
    throw new UsageError(`${`${flag} '${text}'`.trim()} is no day; write it as 2026-05-12, today or yesterday.`);
  return text;
}

/** Days, both inclusive, and the times they stand for: epoch milliseconds, `until` exclusive. */
export interface Period {
  readonly sinceDay: string | null;
  readonly untilDay: string | null;
  readonly times: { readonly since?: number; readonly until?: number };
}

/** The days of `--since` and `--until`. */
export function periodAsked(asked: Arguments, zone: Zone, now: number): Period {
  const [sinceDay, untilDay] = (['since', 'until'] as const).map((flag) => {
    const text = asked.value(flag);
    return text === undefined ? null : dayAsked(text, `--${flag}`, zone, now);
  });
  if (sinceDay && untilDay && sinceDay > untilDay) {
    throw new UsageError(`--since ${sinceDay} is after --until ${untilDay}.`);
  }
  return periodOf(zone, sinceDay ?? null, untilDay ?? null);
}

/** The period of some days of a zone. */
export function periodOf(zone: Zone, sinceDay: string | null, untilDay: string | null): Period {
  return {
    sinceDay,
    untilDay,
    times: {
      ...(sinceDay === null ? {} : { since: zone.startOfDay(sinceDay) }),
      ...(untilDay === null ? {} : { until: zone.startOfDay(addDays(untilDay, 1)) }),
    },
  };
}
