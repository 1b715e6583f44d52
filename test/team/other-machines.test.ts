import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OtherMachines } from '../../src/dashboard/protocol/machines.ts';
import { newDeviceLink } from '../../src/team/change.ts';
import { startingChoices } from '../../src/team/choices.ts';
import { acceptInvitation } from '../../src/team/join.ts';
import { previewUpload } from '../../src/team/preview.ts';
import { syncNow } from '../../src/team/sync.ts';
import { otherMachinesAnswer } from '../../src/team/thread/other-machines.ts';
import { sayer } from '../../src/team/thread/say.ts';
import { type World, world } from '../server/http/world.ts';
import { joinTeam, open, opened, type Person, person, someDays } from './person.ts';
import { openWire, type Wire } from './wire.ts';

describe('the other machines of a person', () => {
  let board: World;
  let wire: Wire;
  let laptop: Person;
  const people: Person[] = [];
  const homes: string[] = [];

  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    laptop = another();
    await laptop.use('-home-me-shop/s.jsonl', someDays.slice(0, 2));
    await joinTeam(board, wire, laptop, open('2026-11-01'));
  });
  afterEach(async () => {
    for (const one of people.splice(0)) one.end();
    for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
    await wire.close();
    await board.end();
  });

  function another(settings: Parameters<typeof person>[1] = {}): Person {
    const one = person(board, settings);
    people.push(one);
    return one;
  }

  function seenBy({ team }: Person) {
    let changes = 0;
    const say = sayer({ texts: () => ({}), organisation: () => 'Acme', policyFile: () => '' });
    const changed = (): void => void changes++;
    const signIn = () => Promise.reject(new Error('Nobody signs in here.'));
    const ask = otherMachinesAnswer({ team, say, wake: () => undefined, signIn, changed });
    return { ask: (mayAsk = true) => ask(mayAsk), changes: () => changes };
  }

  /** Adds a machine by a link of the laptop's. */
  async function add(machine: Person): Promise<void> {
    const made = await newDeviceLink(laptop.team);
    assert.ok(made.ok);
    const found = await opened(machine.team, made.value.link);
    assert.ok(found.policy);
    const choices = { ...startingChoices('2026-11-01'), models: true };
    const joined = await acceptInvitation(
      machine.team,
      found,
      choices,
      await previewUpload(machine.team, found.policy, choices),
    );
    assert.equal(joined.kind, 'joined', JSON.stringify(joined));
  }

  const tokensOf = ({ rows }: OtherMachines): number =>
    rows.reduce((sum, { input, output, cacheRead, cacheWrite }) => sum + input + output + cacheRead + cacheWrite, 0);

  it('are known by day, tool and model, without this one', async () => {
    const desktop = another();
    await desktop.use('-home-me-other/t.jsonl', someDays.slice(3));
    await add(desktop);
    const { rows, ...known } = await seenBy(laptop).ask();
    assert.deepEqual(
      rows.map(({ day, tool, model, input, output, requests }) => [day, tool, model, input, output, requests]),
      [['2026-11-19', 'claude-code', 'claude-haiku-4-5', 7, 30, 1]],
      'today is not complete yet',
    );
    const at = board.clock.now;
    assert.deepEqual(known, { machines: 1, since: '2026-11-19', until: '2026-11-19', at, offline: undefined });
    const back = await seenBy(desktop).ask();
    assert.equal(tokensOf(back), 6210 + 8120);
  });

  it('do not hold a home that two systems see', async () => {
    const container = another({ home: laptop.home });
    await container.count();
    assert.deepEqual((await seenBy(container).ask()).rows, []);
    assert.equal((await seenBy(container).ask()).machines, 0);
  });

  it('do not hold this one as it was before it was set up anew', async () => {
    const home = mkdtempSync(join(tmpdir(), 'tokenboard-team-'));
    homes.push(home);
    const before = another({ home });
    await before.use('-home-me-other/t.jsonl', someDays.slice(3));
    await add(before);
    assert.equal(tokensOf(await seenBy(laptop).ask()), 37);
    people.splice(people.indexOf(before), 1);
    before.end();
    rmSync(join(home, '.local'), { recursive: true });
    const anew = another({ home });
    await anew.count();
    await add(anew);
    assert.equal(tokensOf(await seenBy(anew).ask()), 6210 + 8120, 'the laptop alone');
    assert.equal(tokensOf(await seenBy(laptop).ask()), 37, 'and once');
    assert.equal((await seenBy(laptop).ask()).machines, 1);
  });

  it('are told as last known, with their age, while the server is away', async () => {
    const desktop = another();
    await desktop.use('-home-me-other/t.jsonl', someDays.slice(3));
    await add(desktop);
    const { ask, changes } = seenBy(laptop);
    const first = await ask();
    wire.meddle((response) => {
      response.destroy();
      return true;
    });
    const before = changes();
    board.clock.now += 600_000;
    assert.deepEqual(await ask(), first, 'what is known is told at once');
    for (let tries = 0; changes() === before && tries < 100; tries++) await new Promise((done) => setTimeout(done, 20));
    const { offline, ...kept } = await ask();
    assert.match(offline ?? '', /cannot be reached/);
    assert.deepEqual({ ...kept, offline: undefined }, first);
    wire.meddle(undefined);
    await desktop.use('-home-me-other/u.jsonl', [
      { id: 'n', time: '2026-11-18T10:00:00.000Z', tokens: [1, 1, 1, 0, 0] },
    ]);
    await syncNow(desktop.team, { now: true });
    board.clock.now += 60_000;
    await ask();
    for (let tries = 0; tries < 100 && tokensOf(await ask()) !== 40; tries++)
      await new Promise((done) => setTimeout(done, 20));
    const now = await ask();
    assert.deepEqual([tokensOf(now), now.offline], [40, undefined]);
  });

  it('are not asked for before a person has said that sharing is still wanted', async () => {
    const before = wire.sent.length;
    const known = await seenBy(laptop).ask(false);
    assert.match(known.offline ?? '', /Telemetry is switched off/);
    assert.deepEqual([known.rows, known.at, wire.sent.length], [[], undefined, before]);
  });

  it('are asked for once in a while, however often they are shown', async () => {
    const { ask } = seenBy(laptop);
    const asked = (): number => wire.sent.filter(({ path }) => path.startsWith('/v1/me/usage')).length;
    await ask();
    for (let i = 0; i < 20; i++) await ask();
    assert.equal(asked(), 1);
    board.clock.now += 61_000;
    for (let i = 0; i < 20; i++) await ask();
    await new Promise((done) => setTimeout(done, 200));
    assert.equal(asked(), 2);
  });
});
