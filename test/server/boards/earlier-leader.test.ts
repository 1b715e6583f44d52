import assert from 'node:assert/strict';
import { pseudonymsOn } from '../../../src/server/boards/board-names.ts';
import { builderOn } from '../../../src/server/boards/builder.ts';
import { peopleIn } from '../../../src/server/boards/people.ts';
import { newPolicy } from '../../../src/server/policy/new-policy.ts';
import { nextLeadership } from '../../../src/server/store/leadership.ts';
import { cell, founded, joined, now, type Person, refreshed, sync } from '../store/people.ts';
import { onBothStores } from '../store/stores.ts';

const policy = newPolicy(
  {
    purpose: 'To learn from each other.',
    organisation: 'Birds',
    contact: null,
    worksAgreement: null,
    usedForPay: false,
    cadence: 'daily',
    k: 5,
    topN: 10,
    quiet: false,
    metrics: ['tokens'],
    defaultMetric: 'tokens',
    budget: null,
  },
  1,
  now,
);

onBothStores('building boards', (at) => {
  let org: number;
  let earlier: number;
  let lead: number;
  const people: Person[] = [];

  before(async () => {
    ({ org } = await founded(at.store));
    for (let index = 0; index < 7; index++) {
      const person = await joined(at.store, org, { consent: { visibility: 'pseudonym' } });
      // The first two have the same.
      const counts = { in: 1_000_000 * Math.max(1, index) };
      const days = ['2026-11-17', '2026-11-18', '2026-11-19'];
      const cells = days.map((day) => cell({ day, ...counts }));
      await sync(at.store, person, cells);
      people.push(person);
    }
    await refreshed(at.store, org);
    const begun = [await at.database.rows(nextLeadership), await at.database.rows(nextLeadership)];
    [earlier, lead] = begun.map(([row]) => Number(row?.epoch)) as [number, number];
  });

  const nameOf = async (person: Person) => (await at.store.member(person))?.boards[0]?.pseudonym;
  const flagged = async () =>
    (await at.store.members({ org, after: 0, limit: 100 })).flatMap(({ id, flag }) => (flag === null ? [] : id));
  const sorted = (members: Iterable<number>) => [...members].sort((a, b) => a - b);

  it('lists a member under the pseudonym that another process gave meanwhile', async () => {
    const some = (await peopleIn(at.store, org, '30d')).slice(0, 3);
    const [first] = some;
    assert.ok(first);
    const names = [{ member: first.member, pseudonym: 'Grey Heron' }];
    await at.store.setPseudonyms({ org, board: 0, names, renew: false });
    const given = await pseudonymsOn({ store: at.store, org, board: 0, inUse: 3, lead }, some);
    assert.equal(given.get(first.member), 'Grey Heron');
    for (const { member } of some) {
      const stored = (await at.store.member({ org, member }))?.boards[0]?.pseudonym;
      assert.equal(given.get(member), stored);
    }
    assert.equal(new Set(given.values()).size, 3);
  });

  it('changes nothing once another process leads', async () => {
    const build = builderOn(at.store);
    const goesOn = () => true;
    const ofAnotherMetric = { board: 0, window: '30d', metric: 'models' } as const;
    const order = { org, policyVersion: 1, builtAt: 0, head: '{}', state: '', rows: [], lead };
    assert.ok(await at.store.publish({ ...ofAnotherMetric, ...order }));
    const named = async () => (await Promise.all(people.map(nameOf))).filter((name) => name !== undefined).length;

    for (const what of ['publish', 'insights'] as const) {
      assert.equal(await build({ what, org, policy, now, lead: earlier }, goesOn), 0, what);
    }
    assert.equal(await build({ what: 'flag-similar', org, now, lead: earlier }, goesOn), 0);
    assert.deepEqual([await named(), await flagged()], [3, []]);
    assert.deepEqual(
      (await at.store.heads({ org })).map(({ metric }) => metric),
      ['models'],
    );

    assert.ok((await build({ what: 'publish', org, policy, now, lead }, goesOn)) > 0);
    assert.equal(await build({ what: 'flag-similar', org, now, lead }, goesOn), 2);
    assert.equal(await named(), people.length);
    assert.deepEqual(sorted(await flagged()), sorted(people.slice(0, 2).map(({ member }) => member)));
    const heads = await at.store.heads({ org });
    assert.ok(heads.length > 0 && heads.every(({ metric }) => metric === 'tokens'));
  });
});
