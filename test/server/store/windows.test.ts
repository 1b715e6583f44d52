import assert from 'node:assert/strict';
import type { Contribution } from '../../../src/server/store/records.ts';
import type { WindowId } from '../../../src/team/protocol/terms.ts';
import { addDays } from '../../../src/usage/days.ts';
import {
  cell,
  consent,
  dayMs,
  founded,
  joined,
  now,
  operator,
  type Person,
  refreshed,
  sha256,
  sync,
  today,
} from './people.ts';
import { onBothStores } from './stores.ts';

onBothStores('windows', (at) => {
  let owner: Person;
  let org: number;
  before(async () => {
    owner = await founded(at.store);
    org = owner.org;
  });

  const listed = async (window: WindowId, policyMembers?: readonly Person[]): Promise<readonly Contribution[]> => {
    const all = await at.store.contributions({ org, window, after: 0, limit: 1000 });
    return policyMembers === undefined
      ? all
      : all.filter(({ member }) => policyMembers.some((p) => p.member === member));
  };
  const only = async (window: WindowId, person: Person): Promise<Contribution | undefined> =>
    (await listed(window, [person]))[0];

  it('count complete days in rolling windows, and today apart', async () => {
    const person = await joined(at.store, org);
    const days = [0, -1, -7, -8, -30, -31];
    await sync(
      at.store,
      person,
      days.map((ago, index) =>
        cell({ day: addDays(today, ago), in: 10 ** index, out: 0, cr: 0, cw: 0, cw1: 0, rs: 0 }),
      ),
    );
    assert.equal(await only('30d', person), undefined, 'windows are added up by the leader');
    await refreshed(at.store, org);
    const inputs = await Promise.all((['today', '7d', '30d', '90d'] as const).map((window) => only(window, person)));
    assert.deepEqual(
      inputs.map((window) => [window?.in, window?.activeDays]),
      [
        [1, 1],
        [110, 2],
        [11_110, 4],
        [111_110, 5],
      ],
    );
    await refreshed(at.store, org, addDays(today, 1));
    assert.equal((await only('7d', person))?.in, 11, 'a new day moves all windows');
    await refreshed(at.store, org);
  });

  it('leave out what was before joining', async () => {
    const person = await joined(at.store, org, { at: now - 2 * dayMs });
    await sync(at.store, person, [cell({ day: addDays(today, -3), in: 7 }), cell({ day: addDays(today, -2), in: 5 })]);
    await refreshed(at.store, org);
    const window = await only('30d', person);
    assert.deepEqual([window?.in, window?.activeDays], [5, 1]);
    assert.equal((await at.store.usage(person)).days.length, 2, 'it stays for oneself');
  });

  it('count models of 100,000 tokens and more, in windows that cells reach', async () => {
    const person = await joined(at.store, org);
    const counts = { in: 0, out: 0, cw: 0, cw1: 0, rs: 0 };
    await sync(at.store, person, [
      cell({ ...counts, model: 'a', cr: 60_000 }),
      cell({ ...counts, model: 'a', cr: 40_000, day: '2026-11-18' }),
      cell({ ...counts, model: 'b', cr: 99_999 }),
      cell({ ...counts, model: 'c', cr: 100_000, tool: 'codex' }),
    ]);
    await refreshed(at.store, org);
    assert.deepEqual([(await only('7d', person))?.models, (await only('90d', person))?.models], [2, 0]);
  });

  it('miss nothing that is synced while windows are added up', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => joined(at.store, org)));
    const revisions = Array.from({ length: 25 }, (_none, index) => index + 1);
    const syncing = people.map(async (person) => {
      for (const rev of revisions) await sync(at.store, person, [cell({ rev, in: rev })]);
    });
    let done = false;
    const leading = (async () => {
      while (!done) await at.store.refreshWindows({ org, today, limit: 3 });
    })();
    await Promise.all(syncing);
    done = true;
    await leading;
    await refreshed(at.store, org);
    assert.deepEqual(
      (await listed('7d', people)).map((row) => row.in),
      people.map(() => 25),
    );
  });

  it('are told only of who agreed to the policy of now', async () => {
    const [stays, leaves] = [await joined(at.store, org), await joined(at.store, org)];
    for (const person of [stays, leaves]) await sync(at.store, person, [cell()]);
    await refreshed(at.store, org);
    assert.equal((await listed('30d', [stays, leaves])).length, 2);
    assert.equal(await at.store.setConsent({ ...leaves, consent: null, now }), 'done');
    assert.deepEqual(
      (await listed('30d', [stays, leaves])).map(({ member }) => member),
      [stays.member],
    );
    assert.equal(
      await at.store.setConsent({ ...leaves, consent: consent({ sha256: sha256('x') }), now }),
      'policy_changed',
    );
    assert.equal(await at.store.setConsent({ ...leaves, consent: consent(), now }), 'done');
    assert.equal((await listed('30d', [stays, leaves])).length, 2);
  });

  it('are told names, boards, teams and badges as each consents', async () => {
    const team = await at.store.createTeam({ org, name: 'Compilers', by: operator, now });
    assert.ok(typeof team === 'number');
    const person = await joined(at.store, org, {
      team,
      consent: { displayName: 'Ada', visibility: 'aggregate', boards: [{ board: team, visibility: 'named' }] },
    });
    const order = { ...person, policyVersion: 1, now };
    await at.store.sync({ ...order, cells: [cell()], badges: ['cache-wizard', 'token-legend'] });
    await refreshed(at.store, org);
    const told = await only('30d', person);
    assert.deepEqual(
      [told?.displayName, told?.visibility, told?.boards, told?.teams, told?.badges],
      [
        'Ada',
        'aggregate',
        [{ board: team, visibility: 'named', pseudonym: null }],
        [team],
        ['cache-wizard', 'token-legend'],
      ],
    );
    await at.store.setConsent({ ...person, consent: consent({ badges: false }), now });
    const later = await only('30d', person);
    assert.deepEqual([later?.badges, later?.visibility, later?.boards[0]?.visibility], [[], 'named', null]);
    await at.store.sync({ ...order, cells: [], badges: ['cache-wizard'] });
    assert.deepEqual((await at.store.member(person))?.badges, [], 'badges are not taken without consent to them');
  });
});
