import type { MetricId, Visibility } from '../../team/protocol/terms.ts';
import type { Listing } from './disclosure.ts';

/** A member who agreed to the policy of now, as one board knows them, with the values of one window. */
export interface Participant {
  readonly member: number;
  readonly displayName: string | undefined;
  /** This board's own. */
  readonly pseudonym: string;
  readonly visibility: Visibility;
  /** Hidden by an admin for a reason that the member knows: in no row. */
  readonly hidden: boolean;
  /** Those that the member shares, the favourite first. */
  readonly badges: readonly string[];
  /** Whether badges that tell when one works are shared too. */
  readonly timeBadges: boolean;
  /** Absent where the metric has no value: not active, or too little to tell. */
  readonly values: Readonly<Partial<Record<MetricId, number>>>;
}

/** What of the policy decides who is listed. */
export interface ListingRules {
  /** Whether anybody may be listed by name. */
  readonly namedBoards: boolean;
  /** Nobody is listed at all. */
  readonly quiet: boolean;
  readonly topN: number;
}

/** As what a participant may be listed, if their rank is high enough. Names that are not allowed become pseudonyms. */
export function listable(one: Participant, { namedBoards, quiet }: ListingRules): Listing {
  if (quiet || one.hidden || one.visibility === 'aggregate') return 'none';
  return one.visibility === 'named' && namedBoards && one.displayName !== undefined ? 'name' : 'pseudonym';
}
