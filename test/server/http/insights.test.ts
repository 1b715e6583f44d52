import assert from 'node:assert/strict';
import { cell, type Member, type World, world } from './world.ts';

const days = (changes: object, million: number) =>
  ['2026-11-18', '2026-11-19', '2026-11-20'].map((day) =>
    cell({ day, in: million * 1_000_000, cr: million * 1_000_000, usd: million * 1000, ...changes }),
  );

for (const kind of ['sqlite', 'postgres'] as const)
  describe(`insights and allowances on ${kind}`, function () {
    this.timeout(120_000);
    let at: World;
    let team: number;
    let lead: Member;
    let crew: Member[];

    before(async () => {
      at = await world(kind);
      const token = at.owner.tokens.accessToken;
      team = (await at.ask('POST', '/v1/teams', { token, body: { name: 'Crew' } })).body.id;
      lead = await at.join('Lead', {}, await at.invite({ team, teamRole: 'owner' }));
      crew = [lead];
      for (let i = 1; i < 12; i++) crew.push(await at.join(`Member ${i}`, {}, await at.invite({ team })));
      for (let i = 0; i < 10; i++) crew.push(await at.join(`Other ${i}`));
      for (const [index, member] of crew.entries()) {
        const tool = index % 2 === 0 ? {} : { tool: 'codex' as const, model: 'gpt-5' };
        const { status, text } = await at.sync(member, days(tool, 1 + (index % 3)));
        assert.equal(status, 200, text);
      }
    });
    after(() => at.end());

    const insights = (member: Member, id: number) =>
      at.ask('GET', `/v1/teams/${id}/insights`, { token: member.tokens.accessToken });
    const admin = (method: string, path: string, body?: object) =>
      at.ask(method, `/v1/admin/allowances${path}`, { token: at.owner.tokens.accessToken, body });
    const mine = async (member: Member) =>
      (await at.ask('GET', '/v1/me/allowance', { token: member.tokens.accessToken })).body.allowances;

    it('wait for a snapshot, and are for those who run the group', async () => {
      const waiting = await insights(lead, team);
      assert.deepEqual([waiting.status, waiting.body.members], [200, null]);
      await at.tomorrow(...crew);
      const { status, body } = await insights(lead, team);
      assert.equal(status, 200);
      assert.deepEqual([body.state, body.name, body.from, body.to], ['open', 'Crew', '2026-10-22', '2026-11-20']);
      assert.deepEqual([body.members, body.participation, body.withheld], [12, 100, null]);
      assert.deepEqual([body.activeDays, body.cacheShare], [1, 50]);
      assert.deepEqual(body.tools, [
        { id: 'claude-code', percent: 50 },
        { id: 'codex', percent: 50 },
      ]);
      const all = (await insights(at.owner, 0)).body;
      assert.deepEqual(
        all.tools.map(({ percent }: { percent: number }) => percent),
        [50, 50],
      );
      assert.deepEqual([all.name, all.members, all.quartiles === null], ['Acme', 22, false]);
      assert.equal((await insights(at.owner, team)).status, 200);
      for (const [who, id] of [
        [crew[1], team],
        [crew[1], 0],
        [lead, 0],
        [crew[20], team],
      ] as const) {
        const refused = await insights(who as Member, id);
        assert.deepEqual([refused.status, refused.body.code], [404, 'not_found']);
      }
    });

    it('never change between snapshots', async () => {
      const before = (await insights(at.owner, 0)).body;
      await at.sync(crew[3] as Member, days({ tool: 'codex', model: 'gpt-5', rev: 2 }, 3));
      await at.ask('DELETE', '/v1/me', { token: (crew.pop() as Member).tokens.accessToken });
      await at.server.leader.work();
      assert.deepEqual((await insights(at.owner, 0)).body, before);
    });

    it('tell no member and nothing finer than their steps', async () => {
      for (const id of [0, team]) {
        const { text } = await insights(at.owner, id);
        for (const { name, id: member } of crew) {
          assert.ok(!text.includes(`"${name}"`) && !text.includes(String(member)), text);
        }
      }
    });

    it('let an owner grant, and each see what is left of the own', async () => {
      const [one, other] = [crew[1] as Member, crew[12] as Member];
      const order = { member: null, team: null, unit: 'tokens', per: 'month', amount: 100_000_000 };
      assert.equal((await admin('POST', '', { ...order, member: one.id })).status, 200);
      const { body } = await admin('POST', '', { ...order, team, amount: 100_000_000 });
      assert.equal(body.allowances.length, 2);
      const pool = body.allowances.find((granted: { team: number | null }) => granted.team === team);
      assert.deepEqual(
        [pool.member, pool.amount, pool.since, pool.teamPercent],
        [null, 100_000_000, '2026-11-21', null],
      );
      const [own, shared] = await mine(one);
      assert.deepEqual(own, {
        ...{ unit: 'tokens', per: 'month', amount: 100_000_000, used: 4_000_000 },
        ...{ from: '2026-11-20', to: '2026-11-30', team: null, teamPercent: null },
      });
      assert.deepEqual([shared.used, shared.team], [own.used, { id: team, name: 'Crew' }]);
      assert.deepEqual(await mine(other), []);
      const exported = await at.ask('GET', '/v1/me/export', { token: one.tokens.accessToken });
      assert.equal(exported.body.allowances.length, 2);
      for (const wrong of [order, { ...order, member: one.id, team }]) {
        assert.equal((await admin('POST', '', wrong)).body.code, 'invalid_request');
      }
      assert.equal((await admin('POST', '', { ...order, member: one.id, amount: 0 })).status, 422);
      assert.equal((await admin('POST', '', { ...order, member: 12 })).status, 404);
    });

    it('tell managers a team’s use of it in steps, at the next snapshot, and nothing of a member’s', async () => {
      await at.tomorrow(...crew);
      const listed = (await admin('GET', '')).body.allowances;
      const pool = listed.find((granted: { team: number | null }) => granted.team === team);
      const { body } = await insights(lead, team);
      assert.equal(body.allowances.length, 1);
      // 48 million on the day of joining, and 4 more by one.
      assert.equal(pool.teamPercent, 50);
      assert.equal(body.allowances[0].percent, pool.teamPercent);
      assert.equal((await mine(crew[1] as Member))[1].teamPercent, pool.teamPercent);
      const single = listed.find(({ member }: { member: number | null }) => member !== null);
      assert.deepEqual(Object.keys(single).sort(), 'amount id member per since team teamPercent unit'.split(' '));
      assert.equal(single.teamPercent, null);
      const changed = await admin('PATCH', `/${single.id}`, { amount: 5 });
      assert.equal(changed.body.allowances.find(({ id }: { id: number }) => id === single.id).amount, 5);
      assert.equal((await admin('DELETE', `/${single.id}`)).body.allowances.length, 1);
      assert.equal((await admin('DELETE', `/${single.id}`)).status, 404);
    });

    it('are silent once all is closed', async () => {
      const token = at.owner.tokens.accessToken;
      await at.ask('POST', '/v1/admin/close', { token, body: { notice: 'It is over', erase: false } });
      const { body } = await insights(at.owner, 0);
      assert.deepEqual([body.state, body.notice, body.members, body.tools], ['closed', 'It is over', null, null]);
    });
  });
