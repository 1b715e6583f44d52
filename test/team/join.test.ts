import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { look } from '../../src/team/boards.ts';
import { call } from '../../src/team/call.ts';
import { changeChoices } from '../../src/team/change.ts';
import { startingChoices } from '../../src/team/choices.ts';
import { acceptInvitation, openInvitation } from '../../src/team/join.ts';
import { nextUpload } from '../../src/team/next-upload.ts';
import { previewUpload } from '../../src/team/preview.ts';
import { utcDay } from '../../src/team/shared-days.ts';
import { teamStatus } from '../../src/team/status.ts';
import { syncNow } from '../../src/team/sync.ts';
import { type World, world } from '../server/http/world.ts';
import { liveBoard } from './live-board.ts';
import { joinTeam, open, opened, type Person, person, someDays, tokenOf } from './person.ts';
import { openWire, type Wire } from './wire.ts';

describe('joining a team', () => {
  let board: World;
  let wire: Wire;
  let ada: Person;
  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    ada = person(board);
    await ada.use('-home-me-shop/s.jsonl', someDays);
  });
  afterEach(async () => {
    ada.end();
    await wire.close();
    await board.end();
  });

  it('1: makes no request and no file on a machine where nobody joined', async () => {
    assert.deepEqual(await syncNow(ada.team, { now: true }), { kind: 'off' });
    assert.equal((await teamStatus(ada.team)).state, 'off');
    assert.deepEqual(wire.sent, []);
    assert.equal(existsSync(ada.team.dir), false);
  });

  it('shows policy and preview without an account or a trace, when it is cancelled', async () => {
    const found = await opened(ada.team, `${wire.origin}/join#${await board.invite()}`);
    assert.equal(found.policy?.purpose, 'Learn from each other');
    await previewUpload(ada.team, found.policy, open('2026-11-01'));
    assert.deepEqual(
      wire.sent.map(({ method, path }) => `${method} ${path}`),
      ['GET /v1/meta'],
    );
    assert.equal(existsSync(ada.team.dir), false);
    assert.equal(existsSync(join(ada.home, '.claude/.tokenboard-device')), false);
    const { body } = await board.ask('GET', '/v1/admin/members', { token: board.owner.tokens.accessToken });
    assert.equal(body.members.length, 1);
  });

  it('3: sends first the very bytes that were previewed', async () => {
    const choices = open('2026-11-01');
    const found = await opened(ada.team, `${wire.origin}/join#${await board.invite()}`);
    assert.ok(found.policy);
    const preview = await previewUpload(ada.team, found.policy, choices);
    // What is counted in between is not what was agreed to.
    await ada.use('-home-me-shop/later.jsonl', [
      { id: 'z', time: '2026-11-19T10:00:00.000Z', tokens: [1, 1, 1, 1, 1] },
    ]);
    const joined = await acceptInvitation(ada.team, found, choices, preview);
    assert.equal(joined.kind, 'joined');
    assert.deepEqual(
      wire.syncs().slice(0, 1),
      preview.requests.map(({ bytes }) => bytes),
    );
    const cells = JSON.parse(wire.syncs()[0] ?? '').cells;
    assert.deepEqual(
      cells.map(({ day, tool, model, in: input, out, cr, cw, cw1, req, usd }: Record<string, unknown>) => [
        ...[day, tool, model],
        ...[input, out, cr, cw, cw1, req, usd],
      ]),
      [
        ['2026-11-17', 'claude-code', 'claude-opus-4-5', 10, 200, 5000, 1000, 600, 1, 16050],
        ['2026-11-18', 'claude-code', 'claude-opus-4-5', 20, 100, 8000, 0, 0, 1, 6600],
        ['2026-11-19', 'claude-code', 'claude-haiku-4-5', 7, 30, 0, 0, 0, 1, 157],
        ['2026-11-19', 'claude-code', 'other', 5, 50, 1000, 0, 0, 1, null],
      ],
    );
    // The later one follows by itself, as a change.
    assert.equal(wire.syncs().length, 2);
    const days = (await board.ask('GET', '/v1/me/usage', { token: await tokenOf(ada) })).body.days;
    assert.deepEqual(
      days.map(({ day, in: input }: Record<string, unknown>) => [day, input]),
      [
        ['2026-11-17', 10],
        ['2026-11-18', 20],
        ['2026-11-19', 13],
      ],
    );
  });

  it('sends the previewed bytes also after a restart right after joining', async () => {
    const choices = open('2026-11-01');
    const found = await opened(ada.team, `${wire.origin}/join#${await board.invite()}`);
    assert.ok(found.policy);
    const preview = await previewUpload(ada.team, found.policy, choices);
    wire.meddle((response, { path }) => {
      if (path !== '/v1/sync') return false;
      response.destroy();
      return true;
    });
    const joined = await acceptInvitation(ada.team, found, choices, preview);
    assert.equal(joined.kind === 'joined' && joined.firstSync?.kind, 'failed');
    wire.meddle(undefined);
    const team = ada.restart();
    assert.deepEqual(await nextUpload(team), preview.requests);
    const before = wire.syncs().length;
    assert.deepEqual(await syncNow(team, { now: true }), { kind: 'synced', cells: 4, requests: 1 });
    assert.deepEqual(
      wire.syncs().slice(before),
      preview.requests.map(({ bytes }) => bytes),
    );
  });

  it('joins as the same member when the answer was lost on the way, also after a restart', async () => {
    const link = `${wire.origin}/join#${await board.invite()}`;
    const choices = open('2026-11-01');
    const first = await opened(ada.team, link);
    assert.ok(first.policy);
    const preview = await previewUpload(ada.team, first.policy, choices);
    wire.meddle(async (response, { path, body }) => {
      if (path !== '/v1/join') return false;
      assert.equal((await board.ask('POST', path, { body })).status, 200);
      response.destroy();
      return true;
    });
    const lost = await acceptInvitation(ada.team, first, choices, preview);
    assert.equal(lost.kind === 'failure' && lost.failure.kind, 'offline');
    assert.equal((await teamStatus(ada.team)).state, 'off');
    const found = await opened(ada.team, link);
    assert.equal((await acceptInvitation(ada.team, found, choices, preview)).kind, 'failure');
    wire.meddle(undefined);
    const team = ada.restart();
    const joined = await acceptInvitation(team, await opened(team, link), choices, preview);
    assert.deepEqual(joined.kind === 'joined' && joined.firstSync, { kind: 'synced', cells: 4, requests: 1 });
    assert.equal((await look(team, 'devices')).value?.devices.length, 1);
    assert.equal(existsSync(join(team.dir, 'joining.json')), false);
    const { body } = await board.ask('GET', '/v1/admin/members', { token: board.owner.tokens.accessToken });
    assert.equal(body.members.length, 2);
    const asked = wire.sent.filter(({ path }) => path === '/v1/join').map((one) => JSON.parse(one.body).attempt);
    assert.equal(new Set(asked).size, 1);
  });

  it('finds the membership again where it ended between joining and noting it down', async () => {
    const link = `${wire.origin}/join#${await board.invite()}`;
    const choices = open('2026-11-01');
    const first = await opened(ada.team, link);
    assert.ok(first.policy);
    const broken = { ...ada.team, store: { ...ada.team.store, database: () => assert.fail('the power is gone') } };
    const preview = await previewUpload(ada.team, first.policy, choices);
    await assert.rejects(acceptInvitation(broken, first, choices, preview), /the power is gone/);
    const team = ada.restart();
    assert.equal((await teamStatus(team)).state, 'off');
    const joined = await acceptInvitation(team, await opened(team, link), choices, preview);
    assert.deepEqual(joined.kind === 'joined' && joined.firstSync, { kind: 'synced', cells: 4, requests: 1 });
    const { body } = await board.ask('GET', '/v1/admin/members', { token: board.owner.tokens.accessToken });
    assert.equal(body.members.length, 2);
  });

  it('lets the owner of a new server in, who states the policy and agrees to it like everyone', async () => {
    const bare = await liveBoard({ owned: false });
    const line = await openWire(() => bare.address);
    const owner = person({ clock: { now: Date.now() } });
    const invited = await openInvitation(owner.team, `${line.origin}/join#${'a'.repeat(43)}`);
    assert.deepEqual(invited, { kind: 'no_policy' });
    const found = await opened(owner.team, `${line.origin}/setup#${bare.setUp}`);
    assert.equal(found.policy, null);
    const joined = await acceptInvitation(owner.team, found, null, null);
    assert.equal(joined.kind === 'joined' && joined.firstSync, null);
    assert.equal((await teamStatus(owner.team)).code, 'policy_missing');
    assert.equal((await syncNow(owner.team, { now: true })).kind, 'halted');
    const stated = await call(owner.team, 'setPolicy', { origin: line.origin, body: bare.draft });
    assert.ok(stated.ok);
    const choices = { ...startingChoices(utcDay(Date.now())), visibility: 'pseudonym' as const };
    const changed = await changeChoices(owner.team, choices, stated.value.value);
    assert.equal(changed.kind === 'changed' && changed.sync.kind, 'synced');
    assert.equal((await look(owner.team, 'me')).value?.consent?.visibility, 'pseudonym');
    owner.end();
    await line.close();
    await bare.end();
  });

  it('keeps tokens in a file that is the user’s alone, and no token in the state', async () => {
    await joinTeam(board, wire, ada, open('2026-11-01'));
    const file = join(ada.team.dir, 'tokens-editor.json');
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
    const token = await tokenOf(ada);
    assert.equal(readFileSync(join(ada.team.dir, 'team.db'), 'latin1').includes(token), false);
    for (const name of readdirSync(ada.team.dir)) {
      if (process.platform !== 'win32') assert.equal(statSync(join(ada.team.dir, name)).mode & 0o077, 0, name);
    }
  });

  it('asks for what is not decided, and for a look at what has changed since the preview', async () => {
    const found = await opened(ada.team, `${wire.origin}/join#${await board.invite()}`);
    assert.ok(found.policy);
    const nothing = startingChoices('2026-11-20');
    assert.deepEqual(
      [nothing.visibility, nothing.models, nothing.badges, nothing.timeBadges, nothing.displayName],
      [null, false, false, false, null],
    );
    const preview = await previewUpload(ada.team, found.policy, nothing);
    const refusals = [
      await acceptInvitation(ada.team, found, nothing, preview),
      await acceptInvitation(ada.team, found, { ...nothing, visibility: 'named' }, preview),
      await acceptInvitation(ada.team, found, { ...nothing, visibility: 'pseudonym', models: true }, preview),
    ];
    assert.deepEqual(refusals, [
      { kind: 'choices', problems: ['visibility_missing'] },
      { kind: 'choices', problems: ['name_missing'] },
      { kind: 'preview' },
    ]);
    assert.equal(wire.sent.length, 1);
  });

  const wrong: readonly (readonly [link: string, problem: string])[] = [
    ['hello', 'no_link'],
    ['https://board.example.org/somewhere', 'no_link'],
    ['https://board.example.org/join', 'incomplete'],
    [`http://board.example.org/join#${'a'.repeat(43)}`, 'insecure'],
    [`ftp://board.example.org/join#${'a'.repeat(43)}`, 'no_link'],
    ['vscode://tokenboard.tokenboard/join?link=https%3A%2F%2Fx.org%2Fjoin%23abc', 'incomplete'],
  ];
  for (const [link, problem] of wrong) {
    it(`says what is wrong with ${link.slice(0, 50)}`, async () => {
      assert.deepEqual(await openInvitation(ada.team, link), { kind: 'link', problem });
    });
  }

  it('takes an editor’s link, and one with text around it', async () => {
    const link = `${wire.origin}/join#${await board.invite()}`;
    const ways = [`vscode://tokenboard.tokenboard/join?link=${encodeURIComponent(link)}`, `Come: <${link}> now`];
    for (const way of ways) assert.equal((await opened(ada.team, way)).invitation.origin, wire.origin);
  });

  it('says that an invite was used, and leaves no trace of the attempt', async () => {
    const choices = open('2026-11-01');
    const link = `${wire.origin}/join#${await board.invite()}`;
    const found = await opened(ada.team, link);
    assert.ok(found.policy);
    const preview = await previewUpload(ada.team, found.policy, choices);
    await acceptInvitation(ada.team, found, choices, preview);
    const bob = person(board);
    const again = await acceptInvitation(
      bob.team,
      found,
      choices,
      await previewUpload(bob.team, found.policy, choices),
    );
    assert.equal(
      again.kind === 'failure' && again.failure.kind === 'problem' && again.failure.problem.code,
      'invite_used',
    );
    assert.equal(existsSync(bob.team.dir), false);
    bob.end();
  });

  it('adds a second machine by a link, whose counts add up, and finds one home under two systems to be one device', async () => {
    const { newDeviceLink } = await import('../../src/team/change.ts');
    await joinTeam(board, wire, ada, open('2026-11-01'));
    const host = person(board);
    await host.use('-srv-shop/h.jsonl', [{ id: 'h', time: '2026-11-18T08:00:00.000Z', tokens: [100, 1, 1, 1, 1] }]);
    await addMachine(host);
    assert.deepEqual((await board.ask('GET', '/v1/me/devices', { token: await tokenOf(ada) })).body.devices.length, 2);
    const days = (await board.ask('GET', '/v1/me/usage', { token: await tokenOf(ada) })).body.days;
    assert.equal(days.find(({ day }: { day: string }) => day === '2026-11-18').in, 120);
    // A container: another data folder, the same `~/.claude`.
    const container = person(board);
    const { cpSync } = await import('node:fs');
    cpSync(join(ada.home, '.claude'), join(container.home, '.claude'), { recursive: true });
    await container.count();
    await addMachine(container);
    const after = (await board.ask('GET', '/v1/me/usage', { token: await tokenOf(ada) })).body.days;
    assert.deepEqual(after, days);
    assert.deepEqual((await board.ask('GET', '/v1/me/devices', { token: await tokenOf(ada) })).body.devices.length, 2);
    host.end();
    container.end();

    async function addMachine(machine: Person): Promise<void> {
      const made = await newDeviceLink(ada.team);
      assert.ok(made.ok);
      const found = await opened(machine.team, made.value.link);
      assert.ok(found.policy);
      const choices = { ...startingChoices('2026-11-01'), models: found.invitation.models };
      const joined = await acceptInvitation(
        machine.team,
        found,
        choices,
        await previewUpload(machine.team, found.policy, choices),
      );
      assert.equal(joined.kind, 'joined', JSON.stringify(joined));
      assert.equal(joined.kind === 'joined' && joined.membership.consent?.displayName, 'Ada');
    }
  });
});
