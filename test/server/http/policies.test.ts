import assert from 'node:assert/strict';
import { policyCache } from '../../../src/server/http/policies.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { founded, now, operator, sha256 } from '../store/people.ts';
import { sqliteDatabase, type TestDatabase } from '../store/stores.ts';

describe('policies in memory', () => {
  let database: TestDatabase;
  let store: Store;
  let org: number;
  let asked = 0;
  let fails = false;
  before(async () => {
    database = sqliteDatabase();
    store = await database.open();
    ({ org } = await founded(store));
    await state(2);
  });
  after(async () => {
    await store.close();
    database.remove();
  });
  async function state(version: number): Promise<void> {
    const body = JSON.stringify({ version });
    await store.setPolicy({ org, by: operator, version, sha256: sha256(body), body, now });
  }
  const counted = (): Store => ({
    ...store,
    organisation: (order) => {
      asked++;
      return fails ? Promise.reject(new Error('no database')) : store.organisation(order);
    },
  });

  it('are asked for once by many at once, and again when there is a new one', async () => {
    const policies = policyCache(counted());
    const all = await Promise.all(Array.from({ length: 20 }, () => policies.of(2)));
    assert.deepEqual([new Set(all).size, asked], [1, 1]);
    await policies.of(2);
    assert.equal(asked, 1);
    await state(3);
    const next = await Promise.all(Array.from({ length: 20 }, () => policies.of(3)));
    assert.deepEqual([next.map(({ version }) => version), asked], [Array(20).fill(3), 2]);
  });

  it('are asked for again after an error', async () => {
    const policies = policyCache(counted());
    fails = true;
    await assert.rejects(policies.of(3), /no database/);
    fails = false;
    assert.equal((await policies.of(3)).version, 3);
  });
});
