import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { look } from '../../src/team/boards.ts';
import { openInvitation } from '../../src/team/join.ts';
import { leave } from '../../src/team/leave.ts';
import { pause } from '../../src/team/pause.ts';
import { teamStatus } from '../../src/team/status.ts';
import { syncNow } from '../../src/team/sync.ts';
import { type World, world } from '../server/http/world.ts';
import { joinTeam, open, opened, type Person, person, someDays } from './person.ts';
import { openWire, type Wire } from './wire.ts';

describe('leaving a team', () => {
  let board: World;
  let wire: Wire;
  let ada: Person;
  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    ada = person(board);
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-01'));
  });
  afterEach(async () => {
    ada.end();
    await wire.close();
    await board.end();
  });

  async function members(): Promise<number> {
    board.clock.now += 2000;
    const { body } = await board.ask('GET', '/v1/admin/members', { token: board.owner.tokens.accessToken });
    return body.members.length;
  }

  it('erases everything there and here, and leaves no mark', async () => {
    assert.equal(await members(), 2);
    assert.deepEqual(await leave(ada.team), { kind: 'left' });
    assert.equal(await members(), 1);
    assert.equal(existsSync(ada.team.dir), false);
    assert.equal(existsSync(join(ada.home, '.claude/.tokenboard-device')), false);
    const before = wire.sent.length;
    assert.deepEqual(await syncNow(ada.team, { now: true }), { kind: 'off' });
    assert.equal(wire.sent.length, before);
  });

  it('is a wish without a network, kept over a restart until the server has confirmed it', async () => {
    wire.meddle((response) => {
      response.destroy();
      return true;
    });
    assert.deepEqual(await leave(ada.team), { kind: 'leaving' });
    const status = await teamStatus(ada.team);
    assert.deepEqual(
      [status.state, status.code, status.organisation, status.pending],
      ['leaving', 'leaving', 'Acme', 0],
    );
    assert.equal(ada.team.store.existing()?.prepare('SELECT count(*) AS n FROM cell').get()?.n, 0);
    ada.restart();
    board.clock.now += 86_400_000;
    assert.deepEqual(await syncNow(ada.team), { kind: 'leaving' });
    assert.equal((await openInvitation(ada.team, `${wire.origin}/join#${'a'.repeat(43)}`)).kind, 'leaving');
    const sent = wire.sent.map(({ path }) => path);
    assert.equal(sent.slice(sent.indexOf('/v1/me')).includes('/v1/sync'), false);
    wire.meddle(undefined);
    board.clock.now += 900_000;
    assert.deepEqual(await syncNow(ada.team), { kind: 'left' });
    assert.equal((await teamStatus(ada.team)).state, 'off');
    board.clock.now -= 86_400_000 + 900_000;
    assert.equal(await members(), 1);
  });

  it('counts as done where the server heard of it and its answer was lost', async () => {
    wire.meddle(async (response, { method, path, headers }) => {
      await board.ask(method, path, { token: headers.authorization?.slice(7) });
      response.destroy();
      return true;
    });
    assert.deepEqual(await leave(ada.team), { kind: 'leaving' });
    wire.meddle(undefined);
    assert.deepEqual(await syncNow(ada.team, { now: true }), { kind: 'left' });
    assert.equal(existsSync(ada.team.dir), false);
  });

  it('is refused to the last owner while others are there, who then shares as before', async () => {
    const bare = await world('sqlite', { stated: true });
    const line = await openWire(() => bare.server.address);
    const owner = person(bare);
    await joinTeam(bare, line, owner, open('2026-11-01'));
    const { member } = owner.team.store.state().membership ?? { member: 0 };
    const token = bare.owner.tokens.accessToken;
    const change = { role: 'owner', reason: 'test' };
    await bare.ask('PATCH', `/v1/admin/members/${member}`, { token, body: change });
    await bare.join('Someone');
    assert.equal((await bare.ask('DELETE', '/v1/me', { token })).status, 204);
    assert.deepEqual(await leave(owner.team), { kind: 'last_owner' });
    assert.equal((await teamStatus(owner.team)).state, 'on');
    pause(owner.team, 'resumed');
    assert.deepEqual(await leave(owner.team), { kind: 'last_owner' });
    assert.equal((await teamStatus(owner.team)).state, 'paused');
    assert.equal((await look(owner.team, 'me')).value?.role, 'owner');
    owner.end();
    await line.close();
    await bare.end();
  });
});

describe('21: a machine policy', () => {
  let board: World;
  let wire: Wire;
  let ada: Person;
  let file: string;
  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    ada = person(board);
    file = join(ada.home, 'etc', 'policy.json');
    mkdirSync(join(ada.home, 'etc'));
    ada.end();
    ada = person(board, { home: ada.home, policyFile: file });
    mkdirSync(join(ada.home, 'etc'), { recursive: true });
  });
  afterEach(async () => {
    ada.end();
    await wire.close();
    await board.end();
  });

  const policies: readonly (readonly [text: string, code: string])[] = [
    ['{"sharing": false}', 'forbidden'],
    ['{"servers": ["https://only.example.org"]}', 'forbidden_server'],
    ['{"sharing": "no"}', 'forbidden_unreadable'],
    ['not JSON', 'forbidden_unreadable'],
    ['[]', 'forbidden_unreadable'],
  ];
  for (const [text, code] of policies) {
    it(`${text} stops joining and sharing before any request, and is told of`, async () => {
      const link = `${wire.origin}/join#${await board.invite()}`;
      await joinTeam(board, wire, ada, open('2026-11-01'));
      writeFileSync(file, text);
      const before = wire.sent.length;
      assert.deepEqual(await syncNow(ada.team, { now: true }), { kind: 'forbidden' });
      assert.equal((await look(ada.team, 'me')).failure?.kind, 'forbidden');
      const status = await teamStatus(ada.team);
      assert.deepEqual([status.state, status.code, status.machinePolicy.file], ['forbidden', code, file]);
      const bob = person(board, { policyFile: file });
      assert.deepEqual(await openInvitation(bob.team, link), { kind: 'failure', failure: { kind: 'forbidden' } });
      bob.end();
      assert.equal(wire.sent.length, before);
      // Leaving is always allowed.
      assert.deepEqual(await leave(ada.team), { kind: 'left' });
    });
  }

  it('that names the server lets it be', async () => {
    writeFileSync(file, JSON.stringify({ servers: [`${wire.origin}/`] }));
    const found = await opened(ada.team, `${wire.origin}/join#${await board.invite()}`);
    assert.equal(found.policy?.organisation, 'Acme');
  });
});
