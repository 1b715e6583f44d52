import type { Store } from '../store/store.ts';
import { ownChoice, type Participant } from './participant.ts';
import { pseudonym } from './pseudonyms.ts';

const mostAttempts = 12;
/** So many in one transaction, for they hold up others who write. */
const atOnce = 200;

export interface NamedBoard {
  readonly store: Store;
  readonly org: number;
  readonly board: number;
  /** Members who have a pseudonym on it already, at most. */
  readonly inUse: number;
}

/** The board's pseudonyms of those who stand on it under one; who has none yet gets one. */
export async function pseudonymsOn(
  { store, org, board, inUse }: NamedBoard,
  people: Iterable<Participant>,
): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  let without: number[] = [];
  for (const one of people) {
    const known = ownChoice(one, board)?.pseudonym;
    if (known) names.set(one.member, known);
    else without.push(one.member);
  }
  for (let attempt = 0; without.length > 0 && attempt < mostAttempts; attempt++) {
    const chosen = without.map((member) => ({ member, pseudonym: pseudonym(inUse * 2 ** attempt) }));
    const taken = new Set<number>();
    for (let start = 0; start < chosen.length; start += atOnce) {
      const part = chosen.slice(start, start + atOnce);
      for (const member of await store.setPseudonyms({ org, board, names: part, renew: false })) taken.add(member);
    }
    for (const { member, pseudonym: name } of chosen) if (!taken.has(member)) names.set(member, name);
    without = without.filter((member) => taken.has(member));
  }
  return names;
}
