import type { LimitReading } from '../usage/limit-reading.ts';
import type { ToolId } from '../usage/tool-id.ts';

/** How loud a limit is: near from 75 % on or when it will run out before its reset, over when nothing is left. */
export type LimitLevel = 'quiet' | 'near' | 'over';

/** A limit of a tool's plan as it stands at a moment, by the latest that the tool was told. */
export interface LimitPace {
  readonly tool: ToolId;
  readonly windowMinutes: number;
  readonly plan: string | undefined;
  /** When the tool was told, epoch milliseconds. */
  readonly time: number;
  /** How long ago that is, milliseconds. */
  readonly ageMs: number;
  /** Its window still runs. Of the window after it nothing is known, so all figures are then 0 or undefined. */
  readonly current: boolean;
  /** 0 to 100, or more when over. */
  readonly usedPercent: number;
  /** When the window starts anew, epoch milliseconds, where told. */
  readonly resetsAt: number | undefined;
  /** The part of the window that has passed, 0 to 1, where the reset is known. */
  readonly elapsed: number | undefined;
  /** What will be used at the reset if it goes on like this, in percent; undefined while that cannot be said. */
  readonly projectedPercent: number | undefined;
  /** When it will be used up at this pace, epoch milliseconds; undefined where the reset comes first, or it is used up. */
  readonly runsOutAt: number | undefined;
  readonly level: LimitLevel;
}

const minuteMs = 60_000;
/** A pace is told by no less of a window: half an hour of five. */
const leastElapsed = 0.1;
const nearPercent = 75;
const fullPercent = 100;

/** How each limit stands at a moment (epoch milliseconds), the most pressing first. Of several readings the latest counts. */
export function limitPaces(
  readings: readonly (LimitReading & { readonly tool: ToolId })[],
  now: number,
): readonly LimitPace[] {
  const latest = new Map<string, LimitReading & { readonly tool: ToolId }>();
  for (const reading of readings) {
    const name = `${reading.tool} ${reading.windowMinutes}`;
    const known = latest.get(name);
    if (known === undefined || reading.time >= known.time) latest.set(name, reading);
  }
  return [...latest.values()].map((reading) => paceOf(reading, now)).sort(byUrgency);
}

/** The length of a limit's window in a word: `5h`, `week`, `24h`, `3d`. */
export function limitShortLabel({ windowMinutes }: Pick<LimitPace, 'windowMinutes'>): string {
  if (windowMinutes === 10_080) return 'week';
  if (windowMinutes % 1440 === 0 && windowMinutes > 1440) return `${windowMinutes / 1440}d`;
  return windowMinutes % 60 === 0 ? `${windowMinutes / 60}h` : `${windowMinutes}m`;
}

function paceOf(reading: LimitReading & { readonly tool: ToolId }, now: number): LimitPace {
  const { tool, windowMinutes, time, plan, usedPercent, resetsAt } = reading;
  const windowMs = windowMinutes * minuteMs;
  const ends = resetsAt ?? time + windowMs;
  const told = { tool, windowMinutes, plan, time, ageMs: Math.max(0, now - time) };
  if (ends <= now) {
    const unknown = { resetsAt: undefined, elapsed: undefined, projectedPercent: undefined, runsOutAt: undefined };
    return { ...told, ...unknown, current: false, usedPercent: 0, level: 'quiet' };
  }
  const passedMs = resetsAt === undefined ? undefined : Math.max(0, now - (resetsAt - windowMs));
  const elapsed = passedMs === undefined ? undefined : passedMs / windowMs;
  const projectedPercent = elapsed === undefined || elapsed < leastElapsed ? undefined : usedPercent / elapsed;
  const over = usedPercent >= fullPercent;
  const runsOut = !over && projectedPercent !== undefined && projectedPercent > fullPercent;
  const runsOutAt =
    runsOut && passedMs !== undefined
      ? Math.round(ends - windowMs + (passedMs * fullPercent) / usedPercent)
      : undefined;
  const level = over ? 'over' : runsOut || usedPercent >= nearPercent ? 'near' : 'quiet';
  return { ...told, current: true, usedPercent, resetsAt, elapsed, projectedPercent, runsOutAt, level };
}

const urgency = { over: 2, near: 1, quiet: 0 } as const;

function byUrgency(a: LimitPace, b: LimitPace): number {
  return (
    urgency[b.level] - urgency[a.level] ||
    Number(b.current) - Number(a.current) ||
    b.usedPercent - a.usedPercent ||
    a.windowMinutes - b.windowMinutes ||
    (a.tool < b.tool ? -1 : 1)
  );
}
