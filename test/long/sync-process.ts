import { writeSync } from 'node:fs';
import type { Store } from '../../src/server/store/store.ts';
import { cell, now, type Person } from '../server/store/people.ts';
import { openAt, type StorePlace } from '../server/store/stores.ts';

/** What the process is told in its one argument. */
export interface SyncProcessOrder {
  readonly place: StorePlace;
  readonly people: readonly Person[];
  /** The first revision that it sends. */
  readonly from: number;
}

export const cellsEach = 8;

/** A backend's process that syncs until it is killed, and tells each acknowledgement: `device revision`. */
if (process.argv[1]?.endsWith('sync-process.ts')) {
  const order = JSON.parse(process.argv[2] ?? '') as SyncProcessOrder;
  const store = await openAt(order.place);
  writeSync(1, 'open\n');
  await Promise.all(order.people.map((person) => syncOn(store, person, order.from)));
}

/** All cells of a request have its revision as their input, so half of one would be seen. */
async function syncOn(store: Store, person: Person, from: number): Promise<void> {
  for (let rev = from; ; rev++) {
    const cells = Array.from({ length: cellsEach }, (_none, index) =>
      // Two devices with the same counts would be taken for one.
      cell({ rev, in: rev, req: person.device % 9999, day: `2026-11-1${index}`, model: `model-${index % 3}` }),
    );
    const outcome = await store.sync({ ...person, policyVersion: 1, cells, now });
    if (outcome.outcome !== 'applied') throw new Error(JSON.stringify(outcome));
    writeSync(1, `${person.device} ${rev}\n`);
  }
}
