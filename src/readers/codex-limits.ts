import type { LimitReading } from '../usage/limit-reading.ts';
import { at, count, type Json, number, text, time } from './json.ts';

/** The limits of the plan in a `rate_limits`, told at `now` (epoch milliseconds); none where it is null. */
export function readLimits(limits: Json | undefined, now: number): LimitReading[] {
  // Some models have limits of their own, with windows of the same length.
  const family = text(at(limits, 'limit_id'));
  if (family !== undefined && family !== 'codex') return [];
  const plan = text(at(limits, 'plan_type'));
  return [at(limits, 'primary'), at(limits, 'secondary')].flatMap((limit): LimitReading[] => {
    const usedPercent = number(at(limit, 'used_percent'));
    const minutes = count(at(limit, 'window_minutes'));
    // Some versions log 299 and 10079.
    const windowMinutes = minutes % 60 === 59 ? minutes + 1 : minutes;
    if (usedPercent === undefined || usedPercent < 0 || windowMinutes === 0) return [];
    return [{ kind: 'limit', time: now, windowMinutes, usedPercent, resetsAt: resetOf(limit, now), plan }];
  });
}

function resetOf(limit: Json | undefined, now: number): number | undefined {
  const left = number(at(limit, 'resets_in_seconds'));
  return time(at(limit, 'resets_at')) ?? (left === undefined ? undefined : now + Math.round(left * 1000));
}
