import type { Clock } from './clock.ts';
import { COST, type Cube, REPORTED } from './cube.ts';
import type { Names } from './names.ts';
import type { Places } from './places.ts';
import type { Filter, Period } from './protocol/scope.ts';
import type { DashboardSettings } from './protocol/settings.ts';
import { type Selection, selectionOf } from './selection.ts';
import { type PeriodSpan, spanOf } from './spans.ts';

/** All that an answer is made from, as it stands at one moment. */
export interface Figures {
  readonly cube: Cube;
  readonly names: Names;
  readonly places: Places;
  readonly settings: DashboardSettings;
  readonly clock: Clock;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The first quarter of an hour that was ever counted, of all tools; undefined where nothing was. */
  readonly firstQuarter: number | undefined;
  /** Remembers what takes long to make for as long as nothing changes. */
  remembered<Value>(name: string, make: () => Value): Value;
}

export function selected({ names, places, settings }: Figures, filter: Filter): Selection {
  return selectionOf(names, places, filter, settings);
}

export function periodOf({ clock, now, firstQuarter }: Figures, period: Period): PeriodSpan {
  return spanOf(period, clock.zone, now, firstQuarter);
}

/** The column that holds money, by the source that the setting chooses. */
export function costColumn({ settings }: Figures): number {
  return settings.costSource === 'reported' ? REPORTED : COST;
}

/** A project as it is shown; empty where unknown. */
export function projectTitle({ places }: Figures, folder: string): string {
  return places.titles.get(folder) ?? folder;
}
