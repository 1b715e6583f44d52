import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eraseAgain, erasureList } from '../../../src/server/run/erasure-list.ts';
import { eraseAllNoted, eraseNoted } from '../../../src/server/store/noted-erasure.ts';
import {
  anotherDevice,
  cell,
  dayMs,
  founded,
  hash,
  joined,
  now,
  operator,
  type Person,
  refreshed,
  sync,
  tokens,
} from './people.ts';
import { onBothStores, type Row } from './stores.ts';

onBothStores('erasing', (at) => {
  let owner: Person;
  before(async () => {
    owner = await founded(at.store);
  });

  async function everything(): Promise<Record<string, Row[]>> {
    const tables: Record<string, Row[]> = {};
    for (const table of await at.database.tables()) tables[table] = await at.database.rows(`SELECT * FROM ${table}`);
    return tables;
  }

  /** Someone with a row in as many tables as there can be. */
  async function busyPerson(name: string): Promise<{ person: Person; other: Person; team: number }> {
    const team = await at.store.createTeam({ org: owner.org, name: `Team ${hash().slice(0, 8)}`, by: operator, now });
    assert.ok(typeof team === 'number');
    const person = await joined(at.store, owner.org, {
      name,
      team,
      teamRole: 'owner',
      role: 'admin',
      consent: { boards: [{ board: team, visibility: 'pseudonym' }] },
    });
    const other = await anotherDevice(at.store, person);
    await sync(at.store, person, [cell(), cell({ tool: 'codex', in: 30e9 })]);
    await sync(at.store, other, [cell({ day: '2026-11-18' })]);
    await at.store.setPseudonyms({
      org: owner.org,
      board: team,
      names: [{ member: person.member, pseudonym: `Otter of ${name}` }],
      renew: false,
    });
    await refreshed(at.store, owner.org);
    await sync(at.store, other, [cell({ day: '2026-11-17' })]);
    const [own] = await at.store.contributions({ org: owner.org, window: '30d', after: person.member - 1, limit: 1 });
    assert.equal(own?.member, person.member);
    const series = { org: owner.org, board: 0, window: '30d', metric: 'tokens' } as const;
    const row = { member: person.member, mark: own?.mark ?? -1, body: JSON.stringify({ name }) };
    const published = { ...series, policyVersion: 1, builtAt: now, head: '{}', state: '{}', rows: [row] };
    assert.ok(await at.store.publish(published));
    await at.store.recordView({ ...series, viewer: person.member, role: 'admin', seq: 1, now });
    await at.store.createInvite({
      org: owner.org,
      hash: hash(),
      team: null,
      role: 'member',
      teamRole: 'member',
      member: null,
      by: { member: person.member, role: 'admin' },
      uses: 3,
      expiresAt: now + dayMs,
      now,
    });
    await at.store.changeMember({
      org: owner.org,
      member: person.member,
      hidden: false,
      flag: { reason: `${name} was seen`, since: now, until: now + dayMs },
      by: { member: owner.member, role: 'owner' },
      reason: `because of ${name}`,
      now,
    });
    return { person, other, team };
  }

  it('removes every trace of a member from every table', async () => {
    const { person, other } = await busyPerson('Ada Lovelace');
    const before = await everything();
    const traces = await tracesOf(person, other, 'Ada Lovelace');
    const full = Object.keys(before).filter((table) => before[table]?.some((row) => isTraced(row, traces)));
    const mustBe =
      'audit board_window cell consent device dirty family invite member member_board member_day snapshot_row span team_member token';
    for (const table of mustBe.split(' ')) assert.ok(full.includes(table), `${table} has a trace to erase`);
    const erased = await at.store.eraseMember({
      org: owner.org,
      member: person.member,
      by: { member: person.member, role: 'admin' },
      action: 'member.leave',
      now,
    });
    assert.equal(erased, 'erased');
    for (const [table, rows] of Object.entries(await everything())) {
      // Hashes of tokens alone stay, so that their clients learn of it.
      if (table === 'erased_token') continue;
      assert.deepEqual(
        rows.filter((row) => isTraced(row, traces)),
        [],
        `${table} is clean`,
      );
    }
  });

  /** Ids, names and hashes by which rows are about a member. */
  async function tracesOf(person: Person, other: Person, name: string): Promise<readonly string[]> {
    const families = await at.database.rows(`SELECT family FROM family WHERE member = ${person.member}`);
    const made = [person.member, person.device, other.device, ...families.map(({ family }) => family)];
    return [...made.map(String), name, person.tokens.access, other.tokens.refresh];
  }

  it('answers the tokens of the erased with that', async () => {
    const person = await joined(at.store, owner.org);
    const gone = { org: owner.org, member: person.member, by: operator, action: 'member.remove', now } as const;
    assert.equal(await at.store.eraseMember(gone), 'erased');
    assert.equal(await at.store.session({ access: person.tokens.access }), 'erased');
    const again = await at.store.rotate({ refresh: person.tokens.refresh, tokens: tokens(), now });
    assert.deepEqual(again, { outcome: 'erased' });
    assert.equal(await at.store.eraseMember(gone), 'gone');
    assert.equal(await at.store.member(person), null);
    assert.deepEqual(await sync(at.store, person, [cell()]), { outcome: 'gone' });
  });

  it('never meets the last owner while others are there, unless forced', async () => {
    await joined(at.store, owner.org);
    const by = { member: owner.member, role: 'owner' as const };
    const order = { org: owner.org, member: owner.member, by, action: 'member.leave', now } as const;
    assert.equal(await at.store.eraseMember(order), 'last_owner');
    const stepDown = { org: owner.org, member: owner.member, role: 'member' as const, by, reason: 'tired', now };
    assert.equal(await at.store.changeMember(stepDown), 'last_owner');
    await joined(at.store, owner.org, { role: 'owner' });
    assert.equal(await at.store.changeMember(stepDown), 'done');
  });

  it('notes whom it erases first, and nobody whom it refuses', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tokenboard-erasures-'));
    try {
      const file = join(folder, 'erased');
      const key = randomBytes(32);
      const list = erasureList(file, key);
      const owners = (await at.store.members({ org: owner.org, after: 0, limit: 1000 })).filter(
        ({ role }) => role === 'owner',
      );
      const last = owners[0]?.id ?? 0;
      assert.equal(owners.length, 1);
      const leave = { org: owner.org, by: operator, action: 'member.leave', now } as const;
      assert.equal(await eraseNoted(at.store, list, { ...leave, member: last }), 'last_owner');
      assert.equal(erasureList(file, key).has(last), false);
      // Two owners who leave at once: the last of them was noted already when it is refused.
      const asked = { ...at.store, mayErase: async () => 'may' as const };
      assert.equal(await eraseNoted(asked, list, { ...leave, member: last }), 'last_owner');
      assert.deepEqual([list.has(last), erasureList(file, key).has(last)], [false, false]);
      const goes = await joined(at.store, owner.org);
      const dying = { ...at.store, eraseMember: () => Promise.reject(new Error('the power is gone')) };
      await assert.rejects(eraseNoted(dying, list, { ...leave, member: goes.member }), /the power is gone/);
      assert.equal(erasureList(file, key).has(goes.member), true);
      assert.equal(await eraseAgain(at.store, owner.org, erasureList(file, key), now), 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is done again after a backup was restored', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tokenboard-erasures-'));
    try {
      const [stays, goes] = [await joined(at.store, owner.org), await joined(at.store, owner.org)];
      const file = join(folder, 'erased');
      const key = randomBytes(32);
      await erasureList(file, key).add([goes.member]);
      const reopened = erasureList(file, key);
      assert.equal(reopened.has(goes.member), true);
      assert.equal(readFileSync(file, 'utf8').includes(String(goes.member)), false);
      assert.equal(await eraseAgain(at.store, owner.org, reopened, now), 1);
      assert.equal(await at.store.member(goes), null);
      assert.notEqual(await at.store.member(stays), null);
      assert.equal(await eraseAgain(at.store, owner.org, reopened, now), 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('of all leaves nobody, and what the owner did', async () => {
    await busyPerson('Grace Hopper');
    await at.store.setClosed({ org: owner.org, by: operator, notice: 'We stopped.', now });
    const noted: number[] = [];
    const notes = {
      add: async (members: readonly number[]) => {
        for (const member of members) assert.notEqual(await at.store.member({ org: owner.org, member }), null);
        noted.push(...members);
      },
      drop: async () => assert.fail('nobody stays'),
    };
    const everybody = await at.store.members({ org: owner.org, after: 0, limit: 1000 });
    await eraseAllNoted(at.store, notes, { org: owner.org, by: operator, now });
    assert.deepEqual(
      noted,
      everybody.map(({ id }) => id),
    );
    const kept = Object.entries(await everything()).filter(([, rows]) => rows.length > 0);
    assert.deepEqual(kept.map(([table]) => table).sort(), [
      'audit',
      'erased_token',
      'organisation',
      'policy',
      'schema_step',
    ]);
    const audit = kept.find(([table]) => table === 'audit')?.[1] ?? [];
    assert.ok(audit.every(({ actor }) => actor === null));
    assert.equal((await at.store.organisation({}))?.closed, 'We stopped.');
  });
});

function isTraced(row: Row, traces: readonly string[]): boolean {
  return Object.values(row).some((value) => traces.some((trace) => String(value).includes(trace)));
}
