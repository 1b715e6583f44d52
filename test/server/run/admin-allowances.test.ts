import assert from 'node:assert/strict';
import { adminAllowance } from '../../../src/server/run/admin-allowances.ts';
import type { AdminValues } from '../../../src/server/run/admin-command.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { founded, joined, now, operator, type Person } from '../store/people.ts';
import { sqliteDatabase, type TestDatabase } from '../store/stores.ts';

describe('tokenboard admin allowance', () => {
  let database: TestDatabase;
  let store: Store;
  let member: Person;
  before(async () => {
    database = sqliteDatabase();
    store = await database.open();
    const { org } = await founded(store);
    await store.createTeam({ org, name: 'Search', by: operator, now });
    member = await joined(store, org);
  });
  after(async () => {
    await store.close();
    database.remove();
  });

  async function run(words: readonly string[], values: AdminValues = {}): Promise<string> {
    const organisation = await store.organisation({});
    assert.ok(organisation);
    const said: string[] = [];
    const place = { data: '', databaseUrl: undefined };
    const print = (text: string) => void said.push(text);
    const key = () => assert.fail('no key is needed');
    await adminAllowance({ store, organisation, values, words, place, publicUrl: '', key, now, print });
    return said.join('\n');
  }
  const granted = async () => store.allowances({ org: member.org });

  it('grants, lists, changes and takes back', async () => {
    assert.equal(await run([]), 'No allowance is granted.');
    const first = await run(['grant'], { member: String(member.member), tokens: '2.5M' });
    assert.match(first, /^Granted: 2\.5M tokens a month\. It is allowance \d+\.$/);
    assert.match(await run(['grant'], { team: 'search', usd: '40.50', per: 'year' }), /\$40\.50 at list price a year/);
    assert.deepEqual((await granted()).map(({ unit, per, amount }) => [unit, per, amount]).sort(), [
      ['microUsd', 'year', 40_500_000],
      ['tokens', 'month', 2_500_000],
    ]);
    const list = await run(['list']);
    assert.match(list, new RegExp(`member ${member.member} {2}2\\.5M tokens a month {2}since 2026-11-20`));
    assert.match(list, /team Search {2}\$40\.50 at list price a year/);
    const own = String((await granted()).find(({ unit }) => unit === 'tokens')?.id);
    assert.match(await run(['change', own], { tokens: '3B' }), /is 3B tokens a month/);
    assert.match(await run(['remove', own]), /is taken back/);
    assert.equal((await granted()).length, 1);
  });

  const id = '4';
  const wrong: readonly (readonly [words: readonly string[], values: AdminValues, said: RegExp])[] = [
    [['dance'], {}, /there are list, grant, change, remove/],
    [['grant'], { tokens: '5' }, /say for whom/],
    [['grant'], { tokens: '5', member: '1', team: 'Search' }, /say for whom/],
    [['grant'], { member: '7' }, /say how much/],
    [['grant'], { member: '7', tokens: '5', usd: '5' }, /say how much/],
    [['grant'], { member: '7', tokens: '0' }, /--tokens is a number above 0/],
    [['grant'], { member: '7', usd: 'much' }, /--usd is a number above 0/],
    [['grant'], { member: '7', tokens: '5', per: 'week' }, /--per is one of month, year/],
    [['grant'], { member: '7', tokens: '5' }, /There is no member 7/],
    [['grant'], { team: 'Nowhere', tokens: '5' }, /There is no team Nowhere/],
    [['grant', id], { member: '7', tokens: '5' }, /'4' is not for 'grant'/],
    [['change'], { tokens: '5' }, /say which/],
    [['change', id], { tokens: '5' }, /There is no allowance 4/],
    [['remove', id], { tokens: '5' }, /takes no --tokens/],
    [['list'], { per: 'year' }, /takes no --per/],
  ];
  for (const [words, values, said] of wrong) {
    it(`says what is wrong with ${words.join(' ')} ${JSON.stringify(values)}`, async () => {
      await assert.rejects(run(words, values), said);
    });
  }
});
