import type { MetricId } from '../../team/protocol/terms.ts';

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
