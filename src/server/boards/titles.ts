import type { Title } from '../../team/protocol/board.ts';
import { type MetricId, metricIds } from '../../team/protocol/terms.ts';
import { type ListingRules, listable, type Participant } from './participant.ts';

/** The badge that the best in a metric carries as a title, where they hold and share it. */
export const titleBadges: Readonly<Partial<Record<MetricId, string>>> = {
  tokens: 'token-legend',
  fresh: 'small-and-beautiful',
  cacheShare: 'cache-wizard',
  activeDays: 'weekday-steady',
  models: 'model-connoisseur',
};

/** Badges that tell when someone works; they are shown only where a person has switched that on. */
export const timeBadges: ReadonlySet<string> = new Set([
  'session-immortal',
  'weekday-steady',
  'quiet-nights',
  'comeback',
]);

/** Who carries which titles on a board: the best in each metric, all of them where they are equal. */
export function titlesOn(
  board: number,
  people: readonly Participant[],
  rules: ListingRules,
): ReadonlyMap<Participant, readonly Title[]> {
  const titles = new Map<Participant, Title[]>();
  for (const metric of metricIds) {
    const badge = titleBadges[metric];
    if (badge === undefined) continue;
    for (const one of best(board, people, metric, rules)) {
      if (one.badges.includes(badge)) titles.set(one, [...(titles.get(one) ?? []), { badge, metric }]);
    }
  }
  return titles;
}

function best(board: number, people: readonly Participant[], metric: MetricId, rules: ListingRules): Participant[] {
  let most = 0;
  let found: Participant[] = [];
  for (const one of people) {
    const value = one.values[metric] ?? 0;
    if (value === 0 || value < most || listable(one, board, rules) === 'none') continue;
    if (value > most) [most, found] = [value, []];
    found.push(one);
  }
  return found;
}
