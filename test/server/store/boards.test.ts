import assert from 'node:assert/strict';
import type { Contribution, SeriesKey } from '../../../src/server/store/records.ts';
import { metricValue } from '../../../src/team/protocol/metric-value.ts';
import { metricIds, type WindowId } from '../../../src/team/protocol/terms.ts';
import { cell, founded, joined, now, operator, type Person, refreshed, statePolicy, sync, today } from './people.ts';
import { onBothStores } from './stores.ts';

const series = { board: 0, window: '30d', metric: 'tokens' } as const;

onBothStores('boards', (at) => {
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
  async function publish(rows: readonly Contribution[], policyVersion = 1) {
    return at.store.publish({
      ...series,
      org,
      policyVersion,
      builtAt: now,
      head: '{"total":1}',
      state: 'known',
      rows: rows.map(({ member, mark }) => ({ member, mark, body: `{"m":"${member % 7}"}` })),
    });
  }
  const rowsOf = async (): Promise<number[]> =>
    ((await at.store.snapshot({ org, ...series }))?.rows ?? []).map(({ member }) => member);

  it('are published as they were built, and counted', async () => {
    assert.equal(await at.store.seriesState({ org, ...series }), null);
    const rows = await listed('30d');
    const first = await publish(rows.slice(0, 3));
    assert.deepEqual(first, { ...series, seq: 1, revision: 0, builtAt: now });
    const second = await publish([...rows].reverse());
    assert.equal(second?.seq, 2);
    const found = await at.store.snapshot({ org, ...series });
    assert.deepEqual([found?.head, found?.seq, found?.policyVersion], ['{"total":1}', 2, 1]);
    assert.deepEqual(
      await rowsOf(),
      [...rows].reverse().map(({ member }) => member),
    );
    assert.equal(await at.store.seriesState({ org, ...series }), 'known');
    assert.deepEqual(await at.store.heads({ org }), [second]);
    assert.equal(await publish(rows, 2), null, 'another policy holds');
    assert.equal(await at.store.snapshot({ org: org + 1, ...series }), null);
  });

  it('lose a row at once when its member hides, withdraws or is erased, and do not get it back from an old build', async () => {
    const people = await Promise.all([1, 2, 3, 4].map(() => joined(at.store, org)));
    for (const [index, person] of people.entries()) await sync(at.store, person, [cell({ in: 1000 + index })]);
    await refreshed(at.store, org);
    const built = await listed('30d', people);
    await publish(built);
    const [hides, withdraws, erased, stays] = people as [Person, Person, Person, Person];
    await at.store.changeMember({ ...hides, hidden: true, by: operator, reason: 'asked', now });
    await at.store.setConsent({ ...withdraws, consent: null, now });
    await at.store.eraseMember({ ...erased, by: operator, action: 'member.remove', now });
    assert.deepEqual(await rowsOf(), [stays.member]);
    assert.equal((await at.store.heads({ org }))[0]?.revision, 3, 'who keeps it in memory notices');
    await publish(built);
    assert.deepEqual(await rowsOf(), [stays.member]);
  });

  it('give pseudonyms once a board, and renew them', async () => {
    const [one, two] = [await joined(at.store, org), await joined(at.store, org)];
    const name = (person: Person, pseudonym: string) => ({ member: person.member, pseudonym });
    const told = (names: ReturnType<typeof name>[], renew = false, board = 0) =>
      at.store.setPseudonyms({ org, board, names, renew });
    const give = async (...order: Parameters<typeof told>) => (await told(...order))?.refused;
    assert.equal((await give([name(one, 'Otter'), name(two, 'Otter')]))?.length, 1);
    const holder = (await at.store.member(one))?.boards[0]?.pseudonym === 'Otter' ? one : two;
    const other = holder === one ? two : one;
    assert.deepEqual(await told([name(other, 'Heron'), name(holder, 'Lynx')]), {
      refused: [],
      kept: [name(holder, 'Otter')],
    });
    assert.deepEqual(
      (await told([name(holder, 'Heron')]))?.kept,
      [name(holder, 'Otter')],
      'whose the other name is does not matter',
    );
    assert.equal((await at.store.member(holder))?.boards[0]?.pseudonym, 'Otter');
    assert.deepEqual(await give([name(holder, 'Heron')], true), [holder.member]);
    assert.deepEqual(await give([name(holder, 'Lynx')], true), []);
    assert.equal((await at.store.member(holder))?.boards[0]?.pseudonym, 'Lynx');
    assert.deepEqual(await give([name(holder, 'Lynx')], true), [holder.member], 'a new one is another one');
    assert.deepEqual(
      await give([name(holder, 'Lynx')], false, 7),
      [holder.member],
      'two boards must not be linked by it',
    );
    assert.deepEqual(await give([name(other, 'Lynx')], false, 7), []);
  });

  it('tell one where one stands now, in every metric', async () => {
    const team = await at.store.createTeam({ org, name: 'Standing', by: operator, now });
    assert.ok(typeof team === 'number');
    const people = await Promise.all(Array.from({ length: 6 }, () => joined(at.store, org, { team })));
    for (const [index, person] of people.entries()) {
      const counts = { in: 1000 + index * 100, cr: 2_000_000 - index * 1000, usd: 5000 * (index % 3), req: 1 };
      await sync(
        at.store,
        person,
        [cell(counts), cell({ ...counts, day: '2026-11-18', model: `m${index}` })].slice(0, 1 + (index % 2)),
      );
    }
    await refreshed(at.store, org);
    const all = await listed('30d', people);
    for (const metric of metricIds) {
      const values = all.map((row) => metricValue(metric, row)).filter((value) => value !== null);
      const key: { org: number } & SeriesKey = { org, board: team, window: '30d', metric };
      assert.deepEqual(
        [...(await at.store.field(key))],
        [...values].sort((a, b) => a - b),
        metric,
      );
      for (const row of all) {
        const now = await at.store.standing({ ...key, member: row.member });
        assert.equal(now?.value, metricValue(metric, row), metric);
      }
    }
    const outside = await joined(at.store, org);
    await sync(at.store, outside, [cell()]);
    await refreshed(at.store, org);
    const asked = { org, window: '30d', metric: 'tokens', member: outside.member } as const;
    assert.equal(await at.store.standing({ ...asked, board: team }), null);
    assert.ok((await at.store.standing({ ...asked, board: 0 }))?.value);
  });

  it('tell those on them how often they were looked at, by whom by role alone', async () => {
    const [seen, viewer, unseen] = await Promise.all([1, 2, 3].map(() => joined(at.store, org)));
    assert.ok(seen && viewer && unseen);
    for (const person of [seen, viewer, unseen]) await sync(at.store, person, [cell()]);
    await refreshed(at.store, org);
    const seq = (await publish(await listed('30d', [seen])))?.seq ?? 0;
    const look = { org, ...series, role: 'member', now } as const;
    await at.store.recordView({ ...look, viewer: viewer.member, seq });
    await at.store.recordView({ ...look, viewer: viewer.member, seq });
    await at.store.recordView({ ...look, viewer: seen.member, seq });
    await publish(await listed('30d', [seen, viewer]));
    await at.store.recordView({ ...look, viewer: viewer.member, seq: seq + 1 });
    await at.store.recordView({ ...look, viewer: owner.member, role: 'owner', seq: seq + 1 });
    await publish([]);
    await at.store.recordView({ ...look, viewer: viewer.member, seq: seq + 2 });
    assert.deepEqual(await at.store.views(seen), [
      { day: today, board: 0, role: 'member', count: 2 },
      { day: today, board: 0, role: 'owner', count: 1 },
    ]);
    assert.deepEqual(await at.store.views(unseen), []);
    assert.deepEqual(await at.store.views(viewer), [{ day: today, board: 0, role: 'owner', count: 1 }]);
    await at.store.eraseMember({ ...viewer, by: operator, action: 'member.remove', now });
    assert.equal((await at.store.views(seen))[0]?.count, 2, 'views of the erased stay, without the name');
  });

  it('end when a series is no longer published, and go on counting if it is again', async () => {
    const before = await at.store.heads({ org });
    assert.equal(await at.store.dropSeries({ org, keep: before }), 0);
    assert.equal(await at.store.dropSeries({ org, keep: [] }), before.length);
    assert.equal(await at.store.snapshot({ org, ...series }), null);
    assert.equal((await publish([]))?.seq, (before[0]?.seq ?? 0) + 1);
  });

  it('lose all rows when the policy changes, and are not published when closed', async () => {
    const person = await joined(at.store, org);
    await sync(at.store, person, [cell()]);
    await refreshed(at.store, org);
    await publish(await listed('30d', [person]));
    assert.equal((await rowsOf()).length, 1);
    await statePolicy(at.store, org, 2);
    assert.equal(
      await at.store.setPolicy({ org, by: operator, version: 2, sha256: 'x', body: '{}', now }),
      'version_taken',
    );
    assert.deepEqual(await rowsOf(), []);
    assert.deepEqual(await listed('30d'), []);
    assert.notEqual(await publish([], 2), null);
    await at.store.setClosed({ org, by: operator, notice: 'Enough.', now });
    assert.equal(await publish([], 2), null);
    assert.deepEqual(
      (await at.store.policies({ org })).map(({ version }) => version),
      [2, 1],
    );
  });
});
