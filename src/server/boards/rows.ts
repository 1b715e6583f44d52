import type { Row, Title } from '../../team/protocol/board.ts';
import { badgesPerRow, rowDigits } from '../../team/protocol/limits.ts';
import type { Participant } from './participant.ts';
import type { Place } from './ranking.ts';
import { roundTo } from './rounding.ts';

/** How those are called who stand on a board, and what they carry. */
export interface Dress {
  /** This board's pseudonyms, by member. */
  readonly pseudonyms: ReadonlyMap<number, string>;
  readonly titles: ReadonlyMap<Participant, readonly Title[]>;
}

/** The rows of a board, in the order of its places. */
export function rowsOf(places: readonly Place[], { pseudonyms, titles }: Dress): Row[] {
  return places.map(({ one, rank, value, listing }) => {
    const name = listing === 'name' ? one.displayName : undefined;
    return {
      rank,
      name: name ?? pseudonyms.get(one.member) ?? '',
      named: name !== undefined,
      value: roundTo(value, rowDigits),
      badges: one.badges.slice(0, badgesPerRow),
      titles: [...(titles.get(one) ?? [])],
    };
  });
}
