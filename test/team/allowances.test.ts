import assert from 'node:assert/strict';
import { syncNow } from '../../src/team/sync.ts';
import { allowanceAnswer, granted } from '../../src/team/thread/allowance-answer.ts';
import { insightAnswer } from '../../src/team/thread/insight-answer.ts';
import { sayer } from '../../src/team/thread/say.ts';
import type { Talk } from '../../src/team/thread/talk.ts';
import { dayMs, type World, world } from '../server/http/world.ts';
import { joinTeam, open, type Person, person, someDays } from './person.ts';
import { openWire, type Wire } from './wire.ts';

describe('what an organisation grants', () => {
  let board: World;
  let wire: Wire;
  let ada: Person;
  let changes = 0;

  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    ada = person(board);
    // Tokens of the day of joining: 27, and before it.
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-01'));
  });
  afterEach(async () => {
    ada.end();
    await wire.close();
    await board.end();
  });

  const talk = (): Talk => {
    const say = sayer({ texts: () => ({}), organisation: () => 'Acme', policyFile: () => '' });
    return { team: ada.team, say, wake: () => undefined, changed: () => void changes++ };
  };
  async function grant(changesOf: object): Promise<void> {
    const { members } = (await board.ask('GET', '/v1/admin/members', { token: board.owner.tokens.accessToken })).body;
    const member = members.find(({ name }: { name: string | null }) => name === 'Ada').id;
    const body = { member, team: null, unit: 'tokens', per: 'month', amount: 1000, ...changesOf };
    const { status, text } = await board.ask('POST', '/v1/admin/allowances', {
      token: board.owner.tokens.accessToken,
      body,
    });
    assert.equal(status, 200, text);
  }

  it('is shown with what the server has, and with what this machine has not sent yet', async () => {
    await grant({});
    await grant({ unit: 'microUsd', amount: 5_000_000 });
    const ask = allowanceAnswer(talk());
    const first = await ask();
    assert.equal(first.organisation, 'Acme');
    const [tokens, money] = first.allowances;
    assert.deepEqual(
      { ...tokens, elapsed: undefined },
      {
        ...{
          unit: 'tokens',
          per: 'month',
          amount: 1000,
          used: 27,
          unsent: 27,
          since: '2026-11-20',
          until: '2026-11-30',
        },
        ...{ elapsed: undefined, team: undefined, teamPercent: undefined },
      },
    );
    assert.ok(Math.abs((tokens?.elapsed ?? 0) - 0.5 / 11) < 1e-9);
    assert.deepEqual([money?.unit, money?.amount], ['usd', 5e9]);
    assert.ok((money?.used ?? 0) > 0 && money?.used === money?.unsent);

    board.clock.now += dayMs;
    await ada.use('-home-me-shop/t.jsonl', [{ id: 'f', time: '2026-11-21T08:00:00.000Z', tokens: [100, 0, 0, 0, 0] }]);
    await syncNow(ada.team, { now: true });
    // What was last seen is there at once; the server's word follows.
    for (let tries = 0; tries < 100 && (await ask()).allowances[0]?.unsent !== 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    board.clock.now += 61_000;
    const before = changes;
    await ask();
    for (let tries = 0; tries < 100 && changes === before; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const [later] = (await ask()).allowances;
    assert.deepEqual([later?.used, later?.unsent], [127, 100]);
  });

  it('is nothing where nothing is granted, and says of a team whose it is', async () => {
    assert.deepEqual((await allowanceAnswer(talk())()).allowances, []);
    const shared = granted(
      {
        ...{ unit: 'tokens', per: 'year', amount: 100, used: 30, from: '2026-01-01', to: '2026-12-31' },
        ...{ team: { id: 4, name: 'Crew' }, teamPercent: 55 },
      },
      { tokens: 0, microUsd: 0 },
      Date.parse('2027-05-01T00:00Z'),
    );
    assert.deepEqual([shared.team, shared.teamPercent, shared.elapsed, shared.used], ['Crew', 55, 1, 30]);
  });

  it('lets whoever runs a group see how it works, and nobody else', async () => {
    const nobody = await insightAnswer(talk(), undefined);
    assert.deepEqual(nobody, { groups: [], insights: undefined, offline: undefined });
    const token = board.owner.tokens.accessToken;
    const team = (await board.ask('POST', '/v1/teams', { token, body: { name: 'Crew' } })).body.id;
    const { body } = await board.ask('GET', '/v1/admin/members', { token });
    const id = body.members.find(({ name }: { name: string | null }) => name === 'Ada').id;
    await board.ask('PUT', `/v1/teams/${team}/members/${id}`, { token, body: { role: 'owner' } });
    const own = await insightAnswer(talk(), undefined);
    assert.deepEqual(own.groups, [{ id: team, name: 'Crew' }]);
    assert.deepEqual([own.insights?.name, own.insights?.members], ['Crew', null]);
    assert.deepEqual((await insightAnswer(talk(), 0)).insights?.board, team, 'the organisation is not hers');
  });
});
