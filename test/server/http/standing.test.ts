import assert from 'node:assert/strict';
import type { AdminMember } from '../../../src/team/protocol/admin.ts';
import { cell, dayMs, type Member, type World, world } from './world.ts';

for (const kind of ['sqlite', 'postgres'] as const)
  describe(`where one stands, on ${kind}`, function () {
    this.timeout(60_000);
    let at: World;
    beforeEach(async () => {
      at = await world(kind);
    });
    afterEach(() => at?.end());

    const joined = async (count: number, choice = {}): Promise<Member[]> => {
      const members: Member[] = [];
      for (let i = 1; i <= count; i++) members.push(await at.join(`Person ${i}`, choice));
      return members;
    };
    const standing = async ({ tokens }: Member, query = '') =>
      (await at.ask('GET', `/v1/boards/0/me${query}`, { token: tokens.accessToken })).body;
    const listed = async (): Promise<AdminMember[]> =>
      (await at.ask('GET', '/v1/admin/members', { token: at.owner.tokens.accessToken })).body.members;
    const hide = (member: Member, hidden: boolean) =>
      at.ask('PATCH', `/v1/admin/members/${member.id}`, {
        token: at.owner.tokens.accessToken,
        body: { hidden, reason: 'We talk about it' },
      });

    it('counts 281 billion for one and 60 trillion for all to the token, and tells them as 281B and 60T', async () => {
      const members = await joined(9);
      const [one, ...others] = members as [Member, ...Member[]];
      const own = 281_437_000_123;
      const total = 60_012_345_678_901;
      const each = Math.floor((total - own) / others.length);
      const amounts = others.map((_, i) => (i === 0 ? total - own - each * (others.length - 1) : each));
      for (const [i, member] of members.entries()) {
        const tokens = i === 0 ? own : (amounts[i - 1] ?? 0);
        const answer = await at.sync(member, [cell({ in: tokens - 3, out: 1, cw: 1, cr: 1 })]);
        assert.equal(answer.body.applied, 1, answer.text);
      }
      await at.tomorrow(...members);
      assert.equal((await standing(one, '?metric=tokens')).value, own);
      const usage = await at.ask('GET', '/v1/me/usage', { token: one.tokens.accessToken });
      const [{ in: input, out, cr, cw }] = usage.body.days;
      assert.equal(input + out + cr + cw, own);
      const [kept] = await at.database.rows(
        'SELECT CAST(SUM(tin + tout + tcr + tcw) AS TEXT) AS all_of FROM member_day',
      );
      assert.equal(kept?.all_of, String(total));
      const board = await at.board(one, '?metric=tokens');
      assert.equal(board.rows.find(({ name }) => name === 'Person 1')?.value, 281_000_000_000);
      assert.deepEqual([board.total?.sum, board.total?.digits, board.total?.members], [60_000_000_000_000, 3, 9]);
    });

    it('lists nobody whom an admin hides, tells them why they are gone, and still counts for them alone', async () => {
      const members = await joined(6);
      for (const [i, member] of members.entries()) await at.sync(member, [cell({ in: 1_000_000 * (i + 1) })]);
      await at.tomorrow(...members);
      const [viewer, , , , , hidden] = members as [Member, Member, Member, Member, Member, Member];
      assert.equal((await standing(hidden)).rank, 1);
      assert.equal((await hide(hidden, true)).status, 204);
      assert.ok(!(await at.board(viewer)).rows.some(({ name }) => name === 'Person 6'));
      const gone = await standing(hidden);
      assert.deepEqual([gone.value, gone.rank, gone.percentile, gone.listedRank], [6_000_000, null, null, null]);
      for (const [metric, value] of [
        ['activeDays', 1],
        ['models', 1],
        ['cost', 5_000_000],
      ]) {
        assert.equal((await standing(hidden, `?metric=${metric}`)).value, value);
      }
      assert.equal((await at.ask('GET', '/v1/me', { token: hidden.tokens.accessToken })).body.hidden, true);
      at.clock.now += 1000;
      assert.equal((await standing(viewer)).rank, 5);
      await at.tomorrow(...members);
      const board = await at.board(viewer);
      assert.ok(!board.rows.some(({ name }) => name === 'Person 6'));
      assert.equal(board.rows[0]?.rank, 1);
      await hide(hidden, false);
      assert.equal((await standing(hidden)).rank, 1);
      await at.tomorrow(...members);
      assert.ok((await at.board(viewer)).rows.some(({ name }) => name === 'Person 6'));
    });

    it('tells no percentile and no distance among fewer than k, and no distance in quiet mode', async () => {
      const few = await joined(2);
      for (const [i, member] of few.entries()) await at.sync(member, [cell({ in: 1_000_000 * (i + 1) })]);
      await at.tomorrow(...few);
      const { rank, percentile, toNext, value } = await standing(few[0] as Member);
      assert.deepEqual([value, rank, percentile, toNext], [1_000_000, 2, null, null]);
      const more = [...few, ...(await joined(4))];
      const day = '2026-11-21';
      for (const [i, member] of more.entries()) await at.sync(member, [cell({ day, in: 1_000_000 * (i + 1) })]);
      await at.tomorrow(...more);
      const told = await standing(more[2] as Member);
      assert.deepEqual([told.rank, told.percentile, told.toNext], [5, 33, 1_000_000]);
    });

    it('flags the improbable for a person to look at: the member knows, is counted, and it ends by itself', async () => {
      const members = await joined(6);
      const [much, first, second, ...rest] = members as [Member, Member, Member, ...Member[]];
      await at.sync(much, [cell({ in: 20_000_000_001 })]);
      const days = ['2026-11-20', '2026-11-21', '2026-11-22'];
      for (const [index, day] of days.entries()) {
        const use = 4_000_000 + index * 777_777;
        const answer = await at.sync(first, [cell({ day, in: use, out: Math.floor(use / 7), req: 900 })]);
        assert.equal(answer.body.applied, 1, answer.text);
        await at.sync(second, [cell({ day, in: use + 1, out: Math.floor(use / 7), req: 900 })]);
        for (const [i, other] of rest.entries()) await at.sync(other, [cell({ day, in: use * (i + 2), out: 5 })]);
        await at.tomorrow(...members);
      }
      const flags = new Map((await listed()).map(({ id, flag }) => [id, flag?.reason]));
      assert.equal(flags.get(much.id), 'improbable_day');
      assert.deepEqual([flags.get(first.id), flags.get(second.id)], ['similar_counts', 'similar_counts']);
      for (const other of rest) assert.equal(flags.get(other.id), undefined);
      const me = (await at.ask('GET', '/v1/me', { token: first.tokens.accessToken })).body;
      assert.equal(me.flag.reason, 'similar_counts');
      assert.equal(Date.parse(me.flag.until) - Date.parse(me.flag.since), 30 * dayMs);
      assert.ok(
        (await at.board(first)).rows.some(({ name }) => name === 'Person 2'),
        'a flag hides nobody',
      );
      at.clock.now += 31 * dayMs;
      await at.server.leader.work();
      assert.deepEqual(await at.database.rows('SELECT member FROM member WHERE flag_until IS NOT NULL'), []);
    });

    it("tells on a team's own board no sum that its line beside other teams may not tell", async () => {
      const token = at.owner.tokens.accessToken;
      const team = async (name: string): Promise<number> =>
        (await at.ask('POST', '/v1/teams', { token, body: { name } })).body.id;
      const [all, most] = [await team('All'), await team('Most')];
      const members: Member[] = [];
      for (let i = 0; i < 8; i++) {
        const choice = { visibility: 'aggregate' as const, displayName: null };
        members.push(await at.join(`Person ${i}`, choice, await at.invite({ team: all })));
      }
      // Whoever is in both would have the eighth by subtracting.
      for (const { id } of members.slice(0, 7)) {
        await at.ask('PUT', `/v1/teams/${most}/members/${id}`, { token, body: { role: 'member' } });
      }
      for (const member of members) await at.sync(member, [cell()]);
      await at.tomorrow(...members);
      const viewer = members[0] as Member;
      assert.equal((await at.board(viewer, '', all)).total?.sum, 8_000_000);
      const { total, rows } = await at.board(viewer, '', most);
      assert.deepEqual([total?.sum, total?.withheld, rows], [null, 'derivable', []]);
      assert.equal((await at.board(viewer, '', most)).name, 'Most');
    });
  });
