import type { Actor } from './records.ts';
import type { OrderOf, OutcomeOf, Store } from './store.ts';

/** Marks outside the database of who was erased, so that a restored backup brings nobody back. */
export interface ErasureNotes {
  /** Returns once they are on the disk. */
  add(members: readonly number[]): Promise<void>;
  /** Takes back what was noted of members who are not erased after all. */
  drop(members: readonly number[]): Promise<void>;
}

/** How many members are noted and erased at a time. */
const stepSize = 200;

/**
 * Erases a member who is noted first: ends the process in between, the next start erases them; the other way round a
 * backup would bring them back. Every erasure goes this way.
 */
export async function eraseNoted(
  store: Store,
  notes: ErasureNotes,
  order: OrderOf<'eraseMember'>,
): Promise<OutcomeOf<'eraseMember'>> {
  const may = await store.mayErase(order);
  if (may !== 'may') return may;
  await notes.add([order.member]);
  const outcome = await store.eraseMember(order);
  // The other owners left meanwhile.
  if (outcome === 'last_owner') await notes.drop([order.member]);
  return outcome;
}

/** Erases all members of an organisation, each noted first, and what is left without them. */
export async function eraseAllNoted(
  store: Store,
  notes: ErasureNotes,
  { org, by, now }: { readonly org: number; readonly by: Actor; readonly now: number },
): Promise<void> {
  for (let left = 1; left > 0; ) {
    const page = await store.members({ org, after: 0, limit: stepSize });
    const members = page.map(({ id }) => id);
    await notes.add(members);
    ({ left } = await store.eraseAll({ org, members, by, now }));
  }
}
