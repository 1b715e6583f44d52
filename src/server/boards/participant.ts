import type { MetricId, Visibility } from '../../team/protocol/terms.ts';
import type { BoardOfMember } from '../store/records.ts';
import type { Listing } from './disclosure.ts';

/** A member who agreed to the policy of now and is not hidden, with the values of one window. */
export interface Participant {
  readonly member: number;
  /** Changes whenever the member's standing does. */
  readonly mark: number;
  readonly displayName: string | undefined;
  /** On every board for which `boards` has no other. */
  readonly visibility: Visibility;
  readonly boards: readonly BoardOfMember[];
  readonly teams: readonly number[];
  /** Those that the member shares on boards, the favourite first. */
  readonly badges: readonly string[];
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

/** As what a participant may be listed on a board, if their rank is high enough. Names that are not allowed become pseudonyms. */
export function listable(one: Participant, board: number, { namedBoards, quiet }: ListingRules): Listing {
  const visibility = ownChoice(one, board)?.visibility ?? one.visibility;
  if (quiet || visibility === 'aggregate') return 'none';
  return visibility === 'named' && namedBoards && one.displayName !== undefined ? 'name' : 'pseudonym';
}

/** What the member chose, or was given, for this board alone. */
export function ownChoice({ boards }: Participant, board: number): BoardOfMember | undefined {
  return boards.find((own) => own.board === board);
}
