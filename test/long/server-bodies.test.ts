import assert from 'node:assert/strict';
import { seeded } from '../demo/random.ts';
import { oddBody } from '../server/http/odd-bodies.ts';
import { type Member, type World, world } from '../server/http/world.ts';
import { share } from './factor.ts';

const bodies = share(1_000_000);

describe('odd bodies of a sync', function () {
  this.timeout(3_600_000);
  let at: World;
  let member: Member;
  before(async () => {
    at = await world();
    member = await at.join('Somebody');
  });
  after(() => at.end());

  it(`gets no 5xx for any of ${bodies} odd bodies, and none of them counts anything absurd`, async () => {
    const random = seeded(11);
    const outcomes = new Map<number, number>();
    for (let i = 0; i < bodies; i++) {
      // The rate of an hour is for clients, not for this test.
      if (i % 100 === 0) at.clock.now += 3_600_000;
      if (i % 20 === 0) {
        const refreshed = await at.ask('POST', '/v1/auth/refresh', {
          body: { refreshToken: member.tokens.refreshToken },
        });
        if (refreshed.status === 200) member.tokens = refreshed.body;
      }
      const { status } = await at.ask('POST', '/v1/sync', {
        token: member.tokens.accessToken,
        body: oddBody(random, at.clock.now),
      });
      outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
      assert.ok(status < 500, `body ${i}: ${status}`);
    }
    assert.ok((outcomes.get(200) ?? 0) > 0, JSON.stringify([...outcomes]));
    const rows = await at.database.rows('SELECT * FROM member_day');
    for (const row of rows) {
      for (const value of Object.values(row))
        if (typeof value === 'number') assert.ok(Number.isSafeInteger(value) && value >= 0);
    }
  });
});
