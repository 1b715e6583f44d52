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
  /** As for `Publication`. */
  readonly lead?: number | undefined;
}

/**
 * The board's pseudonyms of those who stand on it under one; who has none yet gets one. Where another process leads they
 * get none: what is built so is not published either.
 */
export async function pseudonymsOn(
  { store, org, board, inUse, lead }: NamedBoard,
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
    const refused: number[] = [];
    for (let start = 0; start < chosen.length; start += atOnce) {
      const part = chosen.slice(start, start + atOnce);
      const outcome = await store.setPseudonyms({ org, board, names: part, renew: false, lead });
      if (outcome === null) return names;
      for (const { member, pseudonym: name } of part) names.set(member, name);
      // Another process gave them theirs in between.
      for (const { member, pseudonym: name } of outcome.kept) names.set(member, name);
      for (const member of outcome.refused) names.delete(member);
      refused.push(...outcome.refused);
    }
    without = refused;
  }
  return names;
}
