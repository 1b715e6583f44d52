import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import type { Cell } from '../../../src/team/protocol/sync.ts';
import { cell, consentOf, dayMs, type Member, type World, world } from './world.ts';

/** Those of the rules that are the server's; each test is named after its rule. */
for (const kind of ['sqlite', 'postgres'] as const)
  describe(`the rules of the board on ${kind}`, function () {
    this.timeout(30_000);
    let at: World;
    beforeEach(async () => {
      at = await world(kind);
    });
    afterEach(() => at.end());

    const people = async (count: number, choice = {}): Promise<Member[]> => {
      const members: Member[] = [];
      for (let i = 1; i <= count; i++) members.push(await at.join(`Person ${i}`, choice));
      return members;
    };
    const work = async (members: readonly Member[], amount = (i: number) => 1_000_000 * (i + 1)): Promise<void> => {
      for (const [i, member] of members.entries()) {
        assert.equal((await at.sync(member, [cell({ in: amount(i) })])).body.applied, 1);
      }
    };
    const names = async (viewer: Member, query = '') => (await at.board(viewer, query)).rows.map(({ name }) => name);

    it('2: takes nothing before consent to this very policy, and asks again when it changes', async () => {
      const [member] = (await people(1)) as [Member];
      assert.equal((await at.sync(member, [cell()])).status, 200);
      const before = at.policy;
      await at.state({ purpose: 'Something else' });
      const refused = await at.sync(member, [cell({ rev: 2 })]);
      assert.deepEqual([refused.status, refused.body.code, refused.body.policyVersion], [403, 'consent_required', 2]);
      const token = member.tokens.accessToken;
      assert.equal((await at.ask('GET', '/v1/boards/0', { token })).status, 403);
      const stale = await at.ask('PUT', '/v1/consent', { token, body: consentOf(before, 'Person 1') });
      assert.deepEqual([stale.status, stale.body.code], [409, 'policy_changed']);
      assert.equal((await at.ask('PUT', '/v1/consent', { token, body: consentOf(at.policy, 'Person 1') })).status, 200);
      assert.equal((await at.sync(member, [cell({ rev: 2 })])).status, 200);
    });

    it('4: keeps nothing that was not declared: unknown fields are refused, secrets are in no log and no table', async () => {
      const [member] = (await people(1)) as [Member];
      const odd = { ...cell(), project: 'SENTINEL-PROJECT' } as Cell;
      const refused = await at.sync(member, [odd]);
      assert.equal(refused.status, 422);
      assert.doesNotMatch(refused.text, /SENTINEL/);
      await at.sync(member, [cell()]);
      const secrets = [member.tokens.accessToken, member.tokens.refreshToken, member.uuid, 'SENTINEL', '127.0.0.1'];
      const tables = await at.database.tables();
      const stored = await Promise.all(tables.map((table) => at.database.rows(`SELECT * FROM ${table}`)));
      const kept = JSON.stringify(stored);
      for (const secret of secrets.slice(0, 4)) assert.ok(!kept.includes(secret), secret);
      const logged = at.logged.join('').replaceAll(/Server listening at [^"]*/g, '');
      for (const secret of secrets) assert.ok(!logged.includes(secret), secret);
      assert.doesNotMatch(logged, /Person 1/);
    });

    it('5: gives each board a pseudonym of its own, which can be renewed', async () => {
      const team = await at.ask('POST', '/v1/teams', { token: at.owner.tokens.accessToken, body: { name: 'Crew' } });
      const invite = await at.invite({ team: team.body.id });
      const member = await at.join('Person', { visibility: 'pseudonym', displayName: null }, invite);
      await work([member]);
      await at.tomorrow(member);
      const token = member.tokens.accessToken;
      const { boards } = (await at.ask('GET', '/v1/boards', { token })).body;
      const [organisation, crew] = boards as { id: number; pseudonym: string }[];
      assert.ok(organisation?.pseudonym && crew?.pseudonym);
      assert.notEqual(organisation.pseudonym, crew.pseudonym);
      assert.deepEqual(await names(member), [organisation.pseudonym]);
      const renewed = await at.ask('POST', '/v1/me/pseudonym', { token, body: { board: 0 } });
      assert.notEqual(renewed.body.pseudonym, organisation.pseudonym);
      assert.deepEqual(await names(member), []);
    });

    it('6: shows nothing of those who do not take part', async () => {
      const members = await people(5);
      const quiet = await at.join('Unseen', { visibility: 'aggregate', displayName: null });
      await work(members);
      await at.tomorrow(...members, quiet);
      const without = (await at.board(members[0] as Member)).rows;
      assert.equal(without.length, 5);
      assert.deepEqual(
        without.map(({ rank }) => rank),
        [1, 2, 3, 4, 5],
      );
      assert.ok(!JSON.stringify(await at.board(members[0] as Member)).includes('Unseen'));
      const stranger = await at.ask('GET', `/v1/teams/${quiet.id}/members`, {
        token: members[0]?.tokens.accessToken,
      });
      assert.equal(stranger.status, 404);
    });

    it('7: tells no sum over fewer than k active members, and k cannot be lowered', async () => {
      const members = await people(4);
      await work(members, () => 1_000_000);
      await at.tomorrow(...members);
      const board = await at.board(members[0] as Member);
      assert.equal(board.total?.sum, null);
      assert.equal(board.total?.withheld, 'too_few');
      assert.equal(board.histogram, null);
      const lowered = await at.ask('PUT', '/v1/admin/policy', {
        token: at.owner.tokens.accessToken,
        body: { ...at.policy, k: 4 },
      });
      assert.equal(lowered.status, 422);
    });

    it('8: withholds a sum of which one member makes over half', async () => {
      const members = await people(6);
      await work(members, (i) => (i === 0 ? 50_000_000 : 1_000_000));
      await at.tomorrow(...members);
      const { total } = await at.board(members[0] as Member);
      assert.deepEqual([total?.sum, total?.withheld], [null, 'dominated']);
    });

    it('9: shows new members at the next snapshot, and not before', async () => {
      const members = await people(6);
      await work(members);
      await at.tomorrow(...members);
      const viewer = members[0] as Member;
      const late = await at.join('Late');
      await at.sync(late, [cell({ in: 90_000_000, day: '2026-11-20' }), cell({ in: 90_000_000, day: '2026-11-21' })]);
      await at.server.leader.work();
      assert.ok(!(await names(viewer)).includes('Late'));
      await at.tomorrow(...members, late);
      assert.ok((await names(viewer)).includes('Late'));
    });

    it('10: tells nothing finer than the day, and badges of time only where switched on', async () => {
      const members = await people(1, { timeBadges: false });
      const open = await at.join('Open', { timeBadges: true });
      const badges = ['session-immortal', 'cache-wizard'];
      for (const member of [...members, open]) await at.sync(member, [cell()], { badges });
      await at.tomorrow(...members, open);
      const board = await at.board(open);
      assert.ok(!board.rows.find(({ name }) => name === 'Person 1')?.badges.includes('session-immortal'));
      assert.ok(board.rows.find(({ name }) => name === 'Open')?.badges.includes('session-immortal'));
      assert.equal((await at.ask('GET', '/v1/boards/0?window=today', { token: open.tokens.accessToken })).status, 404);
    });

    it('11: lets admins see no more of people than members do', async () => {
      const members = await people(2, { visibility: 'pseudonym', displayName: null });
      await work(members);
      await at.tomorrow(...members);
      const { rows } = await at.board(members[0] as Member);
      const token = at.owner.tokens.accessToken;
      await at.ask('PUT', '/v1/consent', { token, body: consentOf(at.policy, 'Owner') });
      assert.deepEqual((await at.board(at.owner)).rows, rows);
      const list = (await at.ask('GET', '/v1/admin/members', { token })).body.members as { name: string | null }[];
      assert.deepEqual(
        list.filter(({ name }) => name !== null && name !== 'Owner'),
        [],
      );
      assert.doesNotMatch(JSON.stringify(list), /tokens|1000000|lastSync/);
    });

    it('12: tells everyone how often they were looked at, and by which role', async () => {
      const members = await people(2);
      const [seen, viewer] = members as [Member, Member];
      await work(members);
      await at.tomorrow(...members);
      await at.board(viewer);
      await at.board(viewer);
      await at.ask('PUT', '/v1/consent', { token: at.owner.tokens.accessToken, body: consentOf(at.policy, 'Owner') });
      await at.board(at.owner);
      const { views } = (await at.ask('GET', '/v1/me/views', { token: seen.tokens.accessToken })).body;
      const byRole = Object.fromEntries(
        (views as { role: string; count: number }[]).map((view) => [view.role, view.count]),
      );
      assert.deepEqual(byRole, { member: 1, owner: 1 });
    });

    it('14: has no way to export the rows of others', async () => {
      const [member, other] = (await people(2)) as [Member, Member];
      await work([member, other]);
      const all = (await at.ask('GET', '/v1/me/export', { token: member.tokens.accessToken })).text;
      assert.ok(!all.includes('Person 2') && !all.includes(String(other.id)));
    });

    /** A copy of the members as they are, to be put back: of the whole file on SQLite, of the table on PostgreSQL. */
    async function copied(): Promise<{ restore(): Promise<unknown> }> {
      const { place } = at.database;
      if (place.kind === 'postgres') {
        await at.database.rows('CREATE TABLE copy AS SELECT * FROM member');
        return { restore: () => at.database.rows('INSERT INTO member SELECT * FROM copy ON CONFLICT DO NOTHING') };
      }
      const file = `${place.file}.copy`;
      await at.store.backup({ file });
      return {
        async restore() {
          for (const suffix of ['-wal', '-shm']) rmSync(`${place.file}${suffix}`, { force: true });
          copyFileSync(file, place.file);
        },
      };
    }

    it('15: hides who leaves at once, forgets them, and again after a restored backup', async () => {
      const members = await people(3);
      const [leaver, viewer] = members as [Member, Member];
      await work(members);
      await at.tomorrow(...members);
      assert.ok((await names(viewer)).includes('Person 1'));
      const copy = await copied();
      assert.equal((await at.ask('DELETE', '/v1/me', { token: leaver.tokens.accessToken })).status, 204);
      at.clock.now += 60_000;
      assert.ok(!(await names(viewer)).includes('Person 1'));
      const after = await at.ask('GET', '/v1/me', { token: leaver.tokens.accessToken });
      assert.deepEqual([after.status, after.body.code], [410, 'member_erased']);
      await at.server.stop();
      await copy.restore();
      await at.restart().catch(() => undefined);
      const found = await at.database.rows(`SELECT * FROM member WHERE member = ${leaver.id}`);
      assert.deepEqual(found, []);
    });

    it('16: exports all that is kept about oneself', async () => {
      const [member] = (await people(1)) as [Member];
      await at.sync(member, [cell(), cell({ tool: 'codex', model: 'other' })], { badges: ['cache-wizard'] });
      const all = (await at.ask('GET', '/v1/me/export', { token: member.tokens.accessToken })).body;
      const [{ cells }] = (await at.database.rows('SELECT count(*) AS cells FROM cell')) as [{ cells: number }];
      assert.equal(all.cells.length, Number(cells));
      assert.deepEqual([all.consents.length, all.devices.length, all.days.length], [1, 1, 1]);
      assert.deepEqual(all.badges, ['cache-wizard']);
    });

    it('17: keeps cells for 35 days, day totals for 92, the audit for 90', async () => {
      const [member] = (await people(1)) as [Member];
      await work([member]);
      const counts = async () => {
        const rows = async (table: string) =>
          Number((await at.database.rows(`SELECT count(*) AS n FROM ${table}`))[0]?.n);
        return [await rows('cell'), await rows('member_day')];
      };
      const pass = async (days: number) => {
        at.clock.now += days * dayMs;
        await at.server.leader.work();
      };
      await pass(34);
      assert.deepEqual(await counts(), [1, 1]);
      await pass(3);
      assert.deepEqual(await counts(), [0, 1]);
      await pass(57);
      assert.deepEqual(await counts(), [0, 0]);
      const old = await at.database.rows(`SELECT * FROM audit WHERE at < ${at.clock.now - 91 * dayMs}`);
      assert.deepEqual(old, []);
    });

    it('18: tells how each figure came about', async () => {
      const { metrics, pricesVersion, policy } = (await at.ask('GET', '/v1/meta')).body;
      assert.equal(metrics.length, 6);
      for (const metric of metrics) assert.ok(metric.formula.length > 5, metric.id);
      assert.match(pricesVersion, /\d/);
      assert.match(policy.text, /list prices, not anybody's bill/);
    });

    it('19: has no names where pay or performance is judged by it, or nobody says that it is not', async () => {
      for (const usedForPay of [true, null]) {
        await at.state({ usedForPay });
        const member = await at.join(`Somebody ${usedForPay}`);
        await at.sync(member, [cell({ day: new Date(at.clock.now).toISOString().slice(0, 10) })]);
        await at.tomorrow(member);
        const board = await at.board(member);
        assert.equal(board.rows.length, 1);
        assert.ok(!JSON.stringify(board).includes('Somebody'));
        assert.equal(board.rows[0]?.named, false);
      }
    });

    it('19: has no invites before the purpose is stated', async () => {
      const bare = await world(kind, { stated: false });
      try {
        const order = { team: null, role: 'member', teamRole: 'member', uses: 1, days: 1 };
        const token = bare.owner.tokens.accessToken;
        const early = await bare.ask('POST', '/v1/invites', { token, body: order });
        assert.ok(early.status >= 400, early.text);
        await bare.state({});
        assert.equal((await bare.ask('POST', '/v1/invites', { token, body: order })).status, 200);
      } finally {
        await bare.end();
      }
    });

    it('lists nobody in quiet mode', async () => {
      await at.state({ quiet: true });
      const members = await people(6);
      await work(members);
      await at.tomorrow(...members);
      const board = await at.board(members[0] as Member);
      assert.deepEqual(board.rows, []);
      assert.equal(board.total?.sum, 21_000_000);
      const me = await at.ask('GET', '/v1/boards/0/me', { token: members[5]?.tokens.accessToken });
      assert.deepEqual([me.body.rank, me.body.percentile], [1, 100]);
    });

    it('closes in one act: every board answers with the notice, and nothing is taken any more', async () => {
      const members = await people(2);
      await work(members);
      await at.tomorrow(...members);
      const token = at.owner.tokens.accessToken;
      const closed = await at.ask('POST', '/v1/admin/close', {
        token,
        body: { notice: 'It did more harm than good.', erase: true },
      });
      assert.equal(closed.status, 204);
      at.clock.now += 1000;
      const left = await at.database.rows('SELECT * FROM cell');
      assert.deepEqual(left, []);
      assert.equal((await at.ask('GET', '/v1/meta')).body.closed, 'It did more harm than good.');
      const gone = await at.ask('GET', '/v1/boards/0', { token: members[0]?.tokens.accessToken });
      assert.equal(gone.status, 410);
    });
  });
