/** Days in a row with work; days are numbered since the epoch. */
export interface Streaks {
  /** The one that goes until today, or until yesterday while today has no request yet; 0 without one. */
  readonly current: number;
  readonly longest: { readonly days: number; readonly until: number } | undefined;
}

/** A weekend without any request neither counts nor ends a streak. `active` are the days with requests, in order. */
export function streaksOf(active: readonly number[], today: number): Streaks {
  let run = 0;
  let last = Number.NaN;
  let longest: Streaks['longest'];
  for (const day of active) {
    run = follows(last, day) ? run + 1 : 1;
    last = day;
    if (longest === undefined || run >= longest.days) longest = { days: run, until: day };
  }
  const running = last >= today || follows(last, today);
  return { current: running ? run : 0, longest };
}

/** Whether nothing but days of weekends lie between. */
function follows(last: number, day: number): boolean {
  if (Number.isNaN(last) || day - last > 3) return false;
  for (let between = last + 1; between < day; between++) if (!isWeekend(between)) return false;
  return true;
}

/** The epoch was a Thursday. */
function isWeekend(day: number): boolean {
  return (((day + 3) % 7) + 7) % 7 >= 5;
}
