import type { Zone } from '../usage/days.ts';
import { quarterMs } from '../usage/tally.ts';
import type { BlockOf } from './blocks.ts';

/** What a report can be split by that is a time. */
export const timeDimensions = ['day', 'week', 'month', 'hour', 'block'] as const;
export type TimeDimension = (typeof timeDimensions)[number];

/** The most that clocks are put back at once, in quarters of an hour. */
const mostPutBack = 16;

/**
 * Names the period that a quarter of an hour falls in: `2026-05-12`, a week by its Monday, `2026-05`, `2026-05-12T09:00`,
 * a block by its start in UTC, `2026-05-12T08:00:00Z`. An hour that happens twice because clocks go back is told apart by its offset from UTC:
 * `2026-10-25T02:00+01:00`.
 */
export function periodLabels(zone: Zone, blockOf: BlockOf): (dimension: TimeDimension, quarter: number) => string {
  const known = new Map<TimeDimension, Map<number, string>>(timeDimensions.map((dimension) => [dimension, new Map()]));
  const labels: Readonly<Record<TimeDimension, (quarter: number) => string>> = {
    day: (quarter) => zone.dayOf(quarter * quarterMs),
    week: (quarter) => zone.weekOf(quarter * quarterMs),
    month: (quarter) => zone.monthOf(quarter * quarterMs),
    hour: (quarter) => hourLabel(zone, quarter),
    block: (quarter) => `${new Date(blockOf(quarter)).toISOString().slice(0, 19)}Z`,
  };
  return (dimension, quarter) => {
    let label = known.get(dimension)?.get(quarter);
    if (label === undefined) {
      label = labels[dimension](quarter);
      known.get(dimension)?.set(quarter, label);
    }
    return label;
  };
}

function hourLabel(zone: Zone, quarter: number): string {
  const name = zone.hourOf(quarter * quarterMs);
  let quarters = 0;
  for (let near = quarter - mostPutBack; near <= quarter + mostPutBack; near++) {
    if (zone.hourOf(near * quarterMs) === name) quarters++;
  }
  return name.replace(' ', 'T') + (quarters > 4 ? offset(zone, quarter) : '');
}

/** The zone's offset from UTC as in ISO dates: `+01:00`. */
function offset(zone: Zone, quarter: number): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone.name, timeZoneName: 'longOffset' });
  const part = format.formatToParts(quarter * quarterMs).find((one) => one.type === 'timeZoneName')?.value ?? '';
  return part.replace('GMT', '') || '+00:00';
}
