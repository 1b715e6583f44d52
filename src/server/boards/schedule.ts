import { type Cadence, cadenceMs, type WindowId, windowDays, windowIds } from '../../team/protocol/terms.ts';

const dayMs = 86_400_000;
/** Late machines have so long after a period's end until its snapshot is built. */
const graceMs: Readonly<Record<Cadence, number>> = { daily: 10 * 60_000, hourly: 2 * 60_000, live: 0 };

/** When the period's snapshot was due that is the latest at a moment, epoch milliseconds. */
export function lastDue(cadence: Cadence, now: number): number {
  const [every, grace] = [cadenceMs[cadence], graceMs[cadence]];
  return Math.floor((now - grace) / every) * every + grace;
}

/** When the next one is due. */
export function nextDue(cadence: Cadence, now: number): number {
  return lastDue(cadence, now) + cadenceMs[cadence];
}

/** The UTC day of a moment: `2026-11-22`. */
export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Days since the epoch. */
export function dayNumber(time: number): number {
  return Math.floor(time / dayMs);
}

/** The windows that a board of that cadence shows. Today would tell when someone works, so it is on faster boards alone. */
export function windowsOf(cadence: Cadence): readonly WindowId[] {
  return cadence === 'daily' ? windowIds.filter((window) => window !== 'today') : windowIds;
}

/** First and last day of a window at a moment: complete days, but for `today`. */
export function spanOf(window: WindowId, now: number): { readonly from: string; readonly to: string } {
  if (window === 'today') return { from: utcDay(now), to: utcDay(now) };
  return { from: utcDay(now - windowDays[window] * dayMs), to: utcDay(now - dayMs) };
}
