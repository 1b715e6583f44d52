import assert from 'node:assert/strict';
import { cell, dayMs, founded, hash, joined, now, operator, type Person, sync, today } from './people.ts';
import { onBothStores } from './stores.ts';

onBothStores('insights and allowances', (at) => {
  let owner: Person;
  before(async () => {
    owner = await founded(at.store);
  });

  const org = () => owner.org;
  const newTeam = async (): Promise<number> => {
    const team = await at.store.createTeam({ org: org(), name: hash().slice(0, 8), by: operator, now });
    assert.ok(typeof team === 'number');
    return team;
  };
  const habits = (after = 0, limit = 100) =>
    at.store.habits({ org: org(), since: '2026-08-22', from: '2026-10-21', to: '2026-11-19', after, limit });
  const grant = async (changes: object): Promise<number> => {
    const order = { org: org(), member: null, team: null, unit: 'tokens', per: 'month', amount: 1000 } as const;
    const made = await at.store.grantAllowance({ ...order, by: operator, now, ...changes });
    assert.ok(typeof made === 'number');
    return made;
  };
  const use = (person: Person, day = today) => at.store.allowanceUse({ org: org(), member: person.member, today: day });

  describe('habits', () => {
    it('are what members who take part used in the days, by tool and model', async () => {
      const team = await newTeam();
      const person = await joined(at.store, org(), { team });
      await sync(at.store, person, [
        cell({ day: '2026-11-18', in: 10, out: 20, cr: 30, cw: 40, cw1: 0, rs: 0 }),
        cell({ day: '2026-11-19', tool: 'codex', model: 'gpt-5', in: 1, out: 2, cr: 3, cw: 4, cw1: 0, rs: 0 }),
        cell({ day: '2026-11-20', in: 7_000_000 }),
      ]);
      const hidden = await joined(at.store, org());
      await sync(at.store, hidden, [cell()]);
      const change = { org: org(), by: operator, reason: 'asked', now };
      await at.store.changeMember({ ...change, member: hidden.member, hidden: true });
      const gone = await joined(at.store, org());
      await sync(at.store, gone, [cell()]);
      await at.store.setConsent({ org: org(), member: gone.member, consent: null, now });
      assert.deepEqual(await habits(), [
        {
          member: person.member,
          teams: [team],
          tokens: 110,
          input: 88,
          cacheRead: 33,
          activeDays: 2,
          mix: [
            { tool: 'claude-code', model: 'claude-opus-4-7', tokens: 100 },
            { tool: 'codex', model: 'gpt-5', tokens: 10 },
          ],
        },
      ]);
    });

    it('come page by page, count nothing from before joining, and know who was active earlier', async () => {
      const late = await joined(at.store, org(), { at: Date.parse('2026-11-19T00:00Z') });
      await sync(at.store, late, [
        cell({ day: '2026-11-18' }),
        cell({ day: '2026-11-19', in: 5, out: 0, cr: 0, cw: 0, cw1: 0, rs: 0 }),
      ]);
      const before = await joined(at.store, org(), { at: Date.parse('2026-10-01T00:00Z') });
      const then = Date.parse('2026-10-15T12:00Z');
      await sync(at.store, before, [cell({ day: '2026-10-14' })], then);
      const all = await habits();
      const of = (person: Person) => all.find(({ member }) => member === person.member);
      assert.equal(of(late)?.tokens, 5);
      assert.deepEqual([of(before)?.tokens, of(before)?.activeDays, of(before)?.mix], [0, 0, []]);
      const paged = [];
      for (let after = 0, page = await habits(0, 1); page.length > 0; page = await habits(after, 1)) {
        paged.push(...page);
        after = page[0]?.member ?? 0;
      }
      assert.deepEqual(paged, all);
    });
  });

  it('are published together, under the policy of now, and gone with their team', async () => {
    const team = await newTeam();
    const order = { org: org(), policyVersion: 1, builtAt: now };
    const boards = [
      { board: 0, body: '{"all":1}' },
      { board: team, body: '{"team":1}' },
    ];
    assert.equal(await at.store.insights({ org: org(), board: 0 }), null);
    assert.ok(await at.store.publishInsights({ ...order, boards, states: [{ cell: 'tokens', state: 'a' }] }));
    const states = [{ cell: 'tokens', state: 'b' }];
    assert.ok(await at.store.publishInsights({ ...order, builtAt: now + 1, boards, states }));
    assert.deepEqual(await at.store.insightStates({ org: org() }), states);
    assert.equal(await at.store.publishInsights({ ...order, policyVersion: 2, boards: [], states: [] }), false);
    const found = await at.store.insights({ org: org(), board: team });
    assert.deepEqual(found, { builtAt: now + 1, policyVersion: 1, body: '{"team":1}' });
    await at.store.removeTeam({ org: org(), team, by: operator, now });
    assert.equal(await at.store.insights({ org: org(), board: team }), null);
    assert.notEqual(await at.store.insights({ org: org(), board: 0 }), null);
    await at.store.sweep({ org: org(), after: 0, limit: 1000, now: now + 93 * dayMs });
    assert.deepEqual(await at.store.insightStates({ org: org() }), []);
  });

  describe('an allowance', () => {
    it('is granted, changed and taken back, each written down', async () => {
      const person = await joined(at.store, org());
      const id = await grant({ member: person.member });
      const listed = (await at.store.allowances({ org: org() })).find((one) => one.id === id);
      const kind = { unit: 'tokens', per: 'month', amount: 1000, since: today } as const;
      assert.deepEqual(listed, { id, member: person.member, team: null, ...kind });
      const order = { org: org(), allowance: id, by: operator, now };
      assert.equal(await at.store.changeAllowance({ ...order, amount: 2000 }), true);
      assert.equal((await use(person))[0]?.amount, 2000);
      assert.equal(await at.store.removeAllowance(order), true);
      assert.equal(await at.store.removeAllowance(order), false);
      assert.equal(await at.store.changeAllowance({ ...order, amount: 1 }), false);
      assert.deepEqual(await use(person), []);
      const acts = (await at.store.audit({ org: org(), before: null, limit: 3 })).map(({ action, subject }) => [
        action,
        subject,
      ]);
      assert.deepEqual(
        acts,
        ['remove', 'change', 'grant'].map((act) => [`allowance.${act}`, person.member]),
      );
      const nobody = { org: org(), team: null, unit: 'tokens', per: 'year', amount: 1, by: operator, now } as const;
      assert.equal(await at.store.grantAllowance({ ...nobody, member: 12345 }), 'gone');
      assert.equal(await at.store.grantAllowance({ ...nobody, member: null, team: 12345 }), 'gone');
    });

    it('counts the tokens or list price of the calendar month, UTC, of all machines, since one joined', async () => {
      const person = await joined(at.store, org(), { at: Date.parse('2026-11-02T10:00Z') });
      await sync(at.store, person, [
        cell({ day: '2026-11-01', in: 1000, out: 0, cr: 0, cw: 0, cw1: 0, rs: 0 }),
        cell({ day: '2026-11-02', in: 1, out: 2, cr: 4, cw: 8, cw1: 0, rs: 0, usd: 700 }),
        cell({ day: '2026-11-20', in: 16, out: 0, cr: 0, cw: 0, cw1: 0, rs: 0, usd: 50 }),
      ]);
      await grant({ member: person.member });
      await grant({ member: person.member, unit: 'microUsd' });
      const own = await use(person);
      assert.deepEqual(own.map(({ unit, used, from, to }) => [unit, used, from, to]).sort(), [
        ['microUsd', 750, '2026-11-02', '2026-11-30'],
        ['tokens', 31, '2026-11-02', '2026-11-30'],
      ]);
      const next = await use(person, '2026-12-01');
      assert.deepEqual(
        next.map(({ used, from, to }) => [used, from, to]),
        Array(2).fill([0, '2026-12-01', '2026-12-31']),
      );
    });

    it('of a team is shared: each sees the own part, and the parts are there for the sum', async () => {
      const team = await newTeam();
      const [ada, bob] = [await joined(at.store, org(), { team }), await joined(at.store, org(), { team })];
      const other = await joined(at.store, org());
      const few = { out: 0, cr: 0, cw: 0, cw1: 0, rs: 0 };
      await sync(at.store, ada, [cell({ in: 10, ...few })]);
      await sync(at.store, bob, [cell({ in: 30, ...few })]);
      await sync(at.store, other, [cell({ in: 90, ...few })]);
      const id = await grant({ team });
      const [own] = await use(ada);
      assert.deepEqual([own?.used, own?.team, own?.member], [10, team, null]);
      assert.equal((await use(other)).length, 0);
      const pool = await at.store.poolUse({ org: org(), allowance: id, today });
      assert.deepEqual(
        pool?.parts,
        [ada, bob]
          .map((one, index) => ({ member: one.member, used: [10, 30][index] }))
          .sort((a, b) => a.member - b.member),
      );
      await at.store.setConsent({ org: org(), member: bob.member, consent: null, now });
      const less = await at.store.poolUse({ org: org(), allowance: id, today });
      assert.deepEqual(less?.parts, [{ member: ada.member, used: 10 }]);
      await at.store.removeTeam({ org: org(), team, by: operator, now });
      assert.equal(await at.store.poolUse({ org: org(), allowance: id, today }), null);
      assert.deepEqual(await use(ada), []);
    });

    it('for a year counts from its grant, also the days that are not kept any more', async () => {
      const begin = Date.parse('2027-01-10T12:00Z');
      const person = await joined(at.store, org(), { at: now });
      const id = await grant({ member: person.member, per: 'year', now: begin });
      await grant({ member: person.member, per: 'year', unit: 'microUsd', now: begin });
      const few = { out: 0, cr: 0, cw: 0, cw1: 0, rs: 0 };
      const days = ['2027-01-09', '2027-01-10', '2027-01-20', '2027-02-05'];
      for (const day of days) {
        await sync(at.store, person, [cell({ day, in: 100, usd: 3, ...few })], Date.parse(`${day}T13:00Z`));
      }
      const used = async (day: string) => (await use(person, day)).map((one) => one.used).sort((a, b) => a - b);
      assert.deepEqual(await used('2027-02-06'), [9, 300]);
      for (const day of ['2027-04-20', '2027-04-25', '2027-06-01', '2027-06-01']) {
        await at.store.sweep({ org: org(), after: 0, limit: 1000, now: Date.parse(`${day}T01:00Z`) });
        assert.deepEqual(await used(day), [9, 300], day);
      }
      assert.deepEqual((await at.store.usage(person)).days, []);
      const [year] = await use(person, '2027-06-01');
      assert.deepEqual([year?.from, year?.to], ['2027-01-10', '2027-12-31']);
      assert.deepEqual(await used('2028-01-01'), [0, 0], 'a new year');
      assert.equal((await at.database.rows('SELECT * FROM allowance_past')).length, 2);
      await at.store.removeAllowance({ org: org(), allowance: id, by: operator, now });
      await at.store.eraseMember({ org: org(), member: person.member, by: operator, action: 'member.leave', now });
      assert.deepEqual(await at.database.rows('SELECT * FROM allowance_past'), []);
      assert.equal(
        (await at.store.allowances({ org: org() })).some((one) => one.member === person.member),
        false,
      );
    });
  });
});
