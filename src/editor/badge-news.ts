import type { BadgeView } from '../dashboard/protocol/badges.ts';
import { addDays } from '../usage/days.ts';

/** What was earned longer ago is history that came to light: an import, a tool that is read since an update. */
const freshDays = 7;

/** A name for each tier of a badge that is earned. */
export function earnedNames(badges: readonly BadgeView[]): readonly string[] {
  return badges.flatMap(({ id, earned }) => Array.from({ length: earned }, (_, tier) => `${id} ${tier}`));
}

/** The badges with a tier that nobody was told of and that was earned of late. */
export function badgesToTell(
  badges: readonly BadgeView[],
  untold: readonly string[],
  today: string,
): readonly BadgeView[] {
  const since = addDays(today, -freshDays);
  return badges.filter(({ id, earnedDays }) =>
    earnedDays.some((day, tier) => day >= since && untold.includes(`${id} ${tier}`)),
  );
}
