import assert from 'node:assert/strict';
import { nextLeadership } from '../../../src/server/store/leadership.ts';
import { cell, dayMs, founded, joined, now, operator, type Person, sync, today } from './people.ts';
import { onBothStores } from './stores.ts';

const series = { board: 0, window: '30d', metric: 'tokens' } as const;

onBothStores('a leader of an earlier term', (at) => {
  let person: Person;
  let earlier: number;
  let lead: number;

  const begin = async (): Promise<number> => Number((await at.database.rows(nextLeadership))[0]?.epoch);
  const everything = async () => {
    const tables = await at.database.tables();
    return Promise.all(tables.map(async (table) => [table, await at.database.rows(`SELECT * FROM ${table}`)]));
  };

  before(async () => {
    const { org } = await founded(at.store);
    person = await joined(at.store, org);
    earlier = await begin();
    lead = await begin();
  });

  it('ends no series', async () => {
    const { org } = person;
    const order = { org, ...series, policyVersion: 1, builtAt: now, head: '{}', state: '', rows: [] };
    assert.ok(await at.store.publish({ ...order, lead }));
    const before = await everything();
    assert.equal(await at.store.dropSeries({ org, keep: [], lead: earlier }), 0);
    assert.deepEqual(await everything(), before);
    assert.equal(await at.store.dropSeries({ org, keep: [], lead }), 1);
    assert.equal(await at.store.snapshot({ org, ...series }), null);
  });

  it('gives no pseudonyms', async () => {
    const { org, member } = person;
    const order = { org, board: 0, names: [{ member, pseudonym: 'Grey Heron' }], renew: false };
    const before = await everything();
    assert.equal(await at.store.setPseudonyms({ ...order, lead: earlier }), null);
    assert.deepEqual(await everything(), before);
    assert.deepEqual(await at.store.setPseudonyms({ ...order, lead }), { refused: [], kept: [] });
    assert.equal((await at.store.member(person))?.boards[0]?.pseudonym, 'Grey Heron');
  });

  it('takes nobody whose windows are to be added up, also on a new day', async () => {
    const { org } = person;
    await sync(at.store, person, [cell({ day: today })]);
    const before = await everything();
    const refused = await at.store.refreshWindows({ org, today, limit: 100, lead: earlier });
    assert.deepEqual(refused, { refreshed: 0, left: 0, rolled: false });
    assert.deepEqual(await everything(), before);
    assert.equal((await at.store.refreshWindows({ org, today, limit: 100, lead })).left, 0);
  });

  it('flags nobody', async () => {
    const flag = { reason: 'similar_counts', since: now, until: now + dayMs };
    const order = { ...person, flag, by: operator, reason: flag.reason, now };
    const before = await everything();
    assert.equal(await at.store.changeMember({ ...order, lead: earlier }), 'leads_no_more');
    assert.deepEqual(await everything(), before);
    assert.equal(await at.store.changeMember({ ...order, lead }), 'done');
    assert.deepEqual((await at.store.member(person))?.flag, flag);
  });
});
