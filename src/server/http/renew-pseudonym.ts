import { pseudonym } from '../boards/pseudonyms.ts';
import { problemError } from './problem-error.ts';
import type { ServerContext } from './server-context.ts';

const mostAttempts = 12;

/** Gives a member another pseudonym on a board; the row under the earlier one leaves the board at once. */
export async function renewPseudonym({ store, org }: ServerContext, board: number, member: number): Promise<string> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const name = pseudonym(attempt);
    const outcome = await store.setPseudonyms({ org, board, names: [{ member, pseudonym: name }], renew: true });
    if (outcome?.refused.length === 0) return name;
  }
  throw problemError('unavailable');
}
