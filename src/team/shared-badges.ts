import { maxBadges } from './protocol/limits.ts';

/** Badges that tell when someone works: they have a switch of their own. */
export const timeBadges: ReadonlySet<string> = new Set([
  'session-immortal',
  'weekday-steady',
  'quiet-nights',
  'comeback',
]);

/** The badges that are told, as the switches say; undefined where none are. */
export function sharedBadges(
  earned: readonly string[] | undefined,
  switches: { readonly badges: boolean; readonly timeBadges: boolean },
): string[] | undefined {
  if (!switches.badges || earned === undefined) return undefined;
  const shared = earned.filter((badge) => switches.timeBadges || !timeBadges.has(badge));
  return [...new Set(shared)].slice(0, maxBadges);
}
