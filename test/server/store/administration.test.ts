import assert from 'node:assert/strict';
import { cell, consent, dayMs, founded, joined, now, type Person, refreshed, sync, tokens } from './people.ts';
import { onBothStores } from './stores.ts';

onBothStores('administration', (at) => {
  let owner: Person;
  let org: number;
  before(async () => {
    owner = await founded(at.store);
    org = owner.org;
  });

  const by = () => ({ member: owner.member, role: 'owner' as const });
  async function newTeam(name: string): Promise<number> {
    const team = await at.store.createTeam({ org, name, by: by(), now });
    assert.ok(typeof team === 'number');
    return team;
  }

  it('makes, renames and removes teams; names are unique in any case', async () => {
    const team = await newTeam('Kernel');
    assert.equal(await at.store.createTeam({ org, name: 'kernel', by: by(), now }), 'name_taken');
    const other = await newTeam('Browser');
    assert.equal(await at.store.renameTeam({ org, team: other, name: 'KERNEL', by: by(), now }), 'name_taken');
    assert.equal(await at.store.renameTeam({ org, team: other, name: 'BROWSER', by: by(), now }), 'done');
    assert.equal(await at.store.renameTeam({ org, team: 5, name: 'x', by: by(), now }), 'gone');
    assert.deepEqual(
      (await at.store.teams({ org, member: null })).map(({ name }) => name),
      ['BROWSER', 'Kernel'],
    );
    const person = await joined(at.store, org, { team, teamRole: 'owner', name: 'Linus' });
    assert.deepEqual(
      (await at.store.teams({ org, member: person.member })).map(({ role }) => role),
      [null, 'owner'],
    );
    assert.deepEqual(await at.store.teamMembers({ org, team }), [{ id: person.member, name: 'Linus', role: 'owner' }]);
    assert.ok(await at.store.removeTeam({ org, team, by: by(), now }));
    assert.equal(await at.store.removeTeam({ org, team, by: by(), now }), false);
    assert.deepEqual((await at.store.member(person))?.teams, [], 'its members stay');
  });

  it('puts members into teams and takes them out, off the board at once', async () => {
    const team = await newTeam('Outgoing');
    const person = await joined(at.store, org);
    const role = { org, team, member: person.member, by: by(), now } as const;
    assert.equal(await at.store.setTeamRole({ ...role, role: 'member' }), 'done');
    assert.equal(await at.store.setTeamRole({ ...role, role: 'owner' }), 'done');
    assert.equal(await at.store.setTeamRole({ ...role, member: 7, role: 'owner' }), 'gone');
    assert.equal((await at.store.teamMembers({ org, team }))[0]?.role, 'owner');
    await sync(at.store, person, [cell()]);
    await refreshed(at.store, org);
    const [own] = await at.store.contributions({ org, window: '7d', after: person.member - 1, limit: 1 });
    for (const board of [0, team]) {
      const rows = [{ member: person.member, mark: own?.mark ?? -1, body: '{}' }];
      const order = { org, board, window: '7d', metric: 'fresh', policyVersion: 1, builtAt: now } as const;
      await at.store.publish({ ...order, head: '{}', state: '', rows });
    }
    assert.equal(await at.store.setTeamRole({ ...role, role: null }), 'done');
    assert.equal(await at.store.setTeamRole({ ...role, role: null }), 'gone');
    const rowsOn = async (board: number): Promise<number | undefined> =>
      (await at.store.snapshot({ org, board, window: '7d', metric: 'fresh' }))?.rows.length;
    assert.deepEqual([await rowsOn(team), await rowsOn(0)], [0, 1]);
  });

  it('lists members without what they use, and names only of those who stand by name', async () => {
    const named = await joined(at.store, org, { name: 'Barbara' });
    const quiet = await joined(at.store, org, { name: 'Nobody', consent: { visibility: 'pseudonym' } });
    const withdrawn = await joined(at.store, org, { name: 'Gone' });
    await at.store.setConsent({ ...withdrawn, consent: null, now });
    const all = await at.store.members({ org, after: 0, limit: 1000 });
    const of = (person: Person) => all.find(({ id }) => id === person.member);
    assert.deepEqual([of(named)?.name, of(quiet)?.name, of(withdrawn)?.name], ['Barbara', null, null]);
    assert.deepEqual([of(named)?.consented, of(withdrawn)?.consented], [true, false]);
    const paged = await at.store.members({ org, after: all[0]?.id ?? 0, limit: 2 });
    assert.deepEqual(paged, all.slice(1, 3));
  });

  it('writes down each change with its reason, newest first', async () => {
    const person = await joined(at.store, org);
    const flagged = { reason: 'near-equal', since: now, until: now + dayMs };
    const change = { org, member: person.member, by: by(), now };
    assert.equal(await at.store.changeMember({ ...change, role: 'admin', reason: 'helps' }), 'done');
    assert.equal(await at.store.changeMember({ ...change, hidden: true, flag: flagged, reason: 'looked at' }), 'done');
    assert.equal(await at.store.changeMember({ ...change, member: 3, hidden: true, reason: 'x' }), 'gone');
    const told = await at.store.member(person);
    assert.deepEqual([told?.role, told?.hidden, told?.flag], ['admin', true, flagged]);
    const entries = await at.store.audit({ org, before: null, limit: 3 });
    assert.deepEqual(
      entries.map(({ action, actor, subject, reason }) => [action, actor, subject, reason]),
      [
        ['member.flag', owner.member, person.member, 'looked at'],
        ['member.hide', owner.member, person.member, 'looked at'],
        ['member.role', owner.member, person.member, 'helps'],
      ],
    );
    const older = await at.store.audit({ org, before: entries[2]?.id ?? 0, limit: 1 });
    assert.ok((older[0]?.id ?? 0) < (entries[2]?.id ?? 0));
  });

  it('exports everything about oneself', async () => {
    const person = await joined(at.store, org, { name: 'Margaret' });
    await sync(at.store, person, [cell(), cell({ tool: 'codex' })]);
    await at.store.setConsent({ ...person, consent: consent({ displayName: 'M.' }), now });
    const told = await at.store.exportMember({ ...person, now });
    assert.deepEqual(
      [told?.member.consent?.displayName, told?.consents.map(({ displayName }) => displayName), told?.cells.length],
      ['M.', ['Margaret', 'M.'], 2],
    );
    assert.deepEqual(
      told?.audit.map(({ action }) => action),
      ['member.join', 'consent.give', 'data.export'],
    );
    assert.ok(!JSON.stringify(told).includes(person.tokens.refresh), 'no secret, not even hashed');
  });

  it('deletes what is past its retention, and nothing before', async () => {
    const person = await joined(at.store, org);
    await sync(at.store, person, [cell({ day: '2026-10-16' }), cell({ day: '2026-11-19' })]);
    await at.store.recordView({
      org,
      board: 0,
      window: '7d',
      metric: 'fresh',
      viewer: person.member,
      role: 'member',
      seq: 1,
      now,
    });
    const sweep = async (at_: number): Promise<number> => {
      let removed = 0;
      for (let after: number | null = 0; after !== null; ) {
        const step: { removed: number; next: number | null } = await at.store.sweep({ org, after, limit: 2, now: at_ });
        removed += step.removed;
        after = step.next;
      }
      return removed;
    };
    const cellDays = async () => (await at.store.usage(person)).models.map(({ day }) => day);
    const totalDays = async () => (await at.store.usage(person)).days.map(({ day }) => day);
    await sweep(now);
    assert.deepEqual(await cellDays(), ['2026-10-16', '2026-11-19']);
    await sweep(now + dayMs);
    assert.deepEqual([await cellDays(), await totalDays()], [['2026-11-19'], ['2026-10-16', '2026-11-19']]);
    const fresh = tokens(now + 58 * dayMs);
    const later = now + 58 * dayMs;
    assert.ok(await at.store.openFamily({ ...person, client: 'web', tokens: fresh, now: later }));
    await sweep(later);
    assert.deepEqual([await cellDays(), await totalDays()], [[], ['2026-11-19']]);
    assert.notEqual(await at.store.session({ access: fresh.access }), null);
    assert.equal(await at.store.session({ access: person.tokens.access }), null, 'expired tokens go');
    assert.ok((await at.store.audit({ org, before: null, limit: 100 })).length > 0);
    await sweep(now + 91 * dayMs);
    assert.deepEqual(await at.store.audit({ org, before: null, limit: 100 }), []);
    assert.equal(await sweep(now + 91 * dayMs), 0);
  });
});
