import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { forget } from '../../src/ledger/forget.ts';
import { changeChoices } from '../../src/team/change.ts';
import { choicesOf } from '../../src/team/choices.ts';
import { pause, resume } from '../../src/team/pause.ts';
import type { Cell } from '../../src/team/protocol/sync.ts';
import { teamStatus } from '../../src/team/status.ts';
import { syncNow } from '../../src/team/sync.ts';
import type { Team } from '../../src/team/team.ts';
import { dayMs, type World, world } from '../server/http/world.ts';
import { joinTeam, open, type Person, person, someDays, tokenOf } from './person.ts';
import { openWire, type Wire } from './wire.ts';

describe('syncing', () => {
  let board: World;
  let wire: Wire;
  let ada: Person;
  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    ada = person(board);
  });
  afterEach(async () => {
    ada.end();
    await wire.close();
    await board.end();
  });

  async function usage(): Promise<Record<string, readonly [model: string, input: number, req: number][]>> {
    const { body } = await board.ask('GET', '/v1/me/usage', { token: await tokenOf(ada) });
    const days: Record<string, [string, number, number][]> = {};
    for (const { day, model, in: input, req } of body.models) {
      if (req > 0) days[day] = [...(days[day] ?? []), [model, input, req]];
    }
    return days;
  }

  it('sends a day once it is over, and nothing where there is nothing new', async () => {
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-20'));
    assert.deepEqual(JSON.parse(wire.syncs()[0] ?? '').cells, []);
    const before = wire.sent.length;
    board.clock.now += 5 * 3_600_000;
    assert.deepEqual(await syncNow(ada.team), { kind: 'synced', cells: 0, requests: 0 });
    assert.equal(wire.sent.length, before);
    board.clock.now = Date.parse('2026-11-21T00:08:00Z');
    assert.deepEqual(await syncNow(ada.team), { kind: 'synced', cells: 1, requests: 1 });
    assert.deepEqual(await usage(), { '2026-11-20': [['claude-opus-4-5', 9, 1]] });
    assert.equal((await syncNow(ada.team)).kind, 'waiting');
  });

  it('is due after midnight UTC and before the snapshot', async () => {
    await joinTeam(board, wire, ada, open('2026-11-20'));
    board.clock.now = Date.parse('2026-11-20T23:30:00Z');
    await syncNow(ada.team);
    const { nextAt } = await teamStatus(ada.team);
    assert.ok(nextAt !== null && nextAt > Date.parse('2026-11-21') && nextAt < Date.parse('2026-11-21T00:10Z'));
  });

  it('sends what is consumed today where the policy says that the board is hourly, and as it grows', async () => {
    await board.state({ cadence: 'hourly' });
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-20'));
    assert.deepEqual(await usage(), { '2026-11-20': [['claude-opus-4-5', 9, 1]] });
    await ada.use('-home-me-shop/t.jsonl', [{ id: 'g', time: '2026-11-20T11:00:00.000Z', tokens: [1, 1, 1, 0, 0] }]);
    board.clock.now += 3_600_000 * 1.3;
    assert.deepEqual(await syncNow(ada.team), { kind: 'synced', cells: 1, requests: 1 });
    assert.deepEqual(await usage(), { '2026-11-20': [['claude-opus-4-5', 10, 2]] });
  });

  it('is due at once after a clock that was years ahead is right again', async () => {
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-20'));
    ada.team.store.change((state) => ({ ...state, nextAt: Date.parse('2031-01-01') }));
    assert.equal((await syncNow(ada.team)).kind, 'synced');
  });

  it('makes at most one request an hour when there is nothing new', async () => {
    await ada.use('-home-me-shop/s.jsonl', someDays.slice(0, 2));
    await joinTeam(board, wire, ada, open('2026-11-01'));
    await syncNow(ada.team, { now: true });
    const begun = wire.sent.length;
    const perHour: number[] = [];
    for (let hour = 0; hour < 72; hour++) {
      const before = wire.sent.length;
      for (let minute = 0; minute < 60; minute += 5) {
        board.clock.now += 300_000;
        await syncNow(ada.team);
      }
      perHour.push(wire.sent.length - before);
    }
    assert.ok(Math.max(...perHour) <= 1, `${Math.max(...perHour)} in an hour`);
    // It shows once a day that it is still there.
    assert.ok([2, 3].includes(wire.sent.length - begun), `${wire.sent.length - begun} in three days`);
  });

  it('tells of lowered totals and of what was forgotten', async () => {
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-01'));
    forget(ada.ledger, { since: Date.parse('2026-11-18'), until: Date.parse('2026-11-19T23:00Z') }, { waitMs: 1000 });
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'synced');
    assert.deepEqual(await usage(), {
      '2026-11-17': [['claude-opus-4-5', 10, 1]],
      '2026-11-19': [['claude-haiku-4-5', 7, 1]],
    });
  });

  it('leaves excluded folders out, also those excluded later, and takes them in again', async () => {
    await ada.use('-home-me-shop/s.jsonl', [
      { id: 'a', time: '2026-11-18T08:00:00.000Z', tokens: [10, 1, 1, 0, 0], cwd: '/home/me/shop' },
      { id: 'b', time: '2026-11-18T09:00:00.000Z', tokens: [20, 1, 1, 0, 0], cwd: '/home/me/clients/acme/app' },
    ]);
    await joinTeam(board, wire, ada, open('2026-11-01', { exclude: ['/home/me/clients/*'] }));
    assert.deepEqual(await usage(), { '2026-11-18': [['claude-opus-4-5', 10, 1]] });
    const choose = async (exclude: string[]): Promise<void> => {
      const { membership } = ada.team.store.state();
      assert.ok(membership?.consent);
      const choices = { ...choicesOf(membership.consent, membership.share), exclude };
      assert.equal((await changeChoices(ada.team, choices)).kind, 'changed');
    };
    await choose([]);
    assert.deepEqual(await usage(), { '2026-11-18': [['claude-opus-4-5', 30, 2]] });
    await choose(['shop', 'acme']);
    assert.deepEqual(await usage(), {});
  });

  it('switches models off and on again without counting anything twice', async () => {
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-19'));
    const choose = async (models: boolean): Promise<void> => {
      const { membership } = ada.team.store.state();
      assert.ok(membership?.consent);
      await changeChoices(ada.team, { ...choicesOf(membership.consent, membership.share), models });
      assert.equal(ada.team.store.state().membership?.consentTold, true);
    };
    await choose(false);
    assert.deepEqual(await usage(), { '2026-11-19': [['other', 12, 2]] });
    await choose(true);
    assert.deepEqual(await usage(), {
      '2026-11-19': [
        ['claude-haiku-4-5', 7, 1],
        ['other', 5, 1],
      ],
    });
  });

  it('adds models to `other` that the server does not know', async () => {
    await ada.use('-home-me-shop/s.jsonl', someDays);
    wire.meddle((response, { path, body }) => {
      if (path !== '/v1/sync') return false;
      const cells: Cell[] = JSON.parse(body).cells;
      const refused = cells.flatMap(({ model }, i) =>
        model === 'claude-haiku-4-5' ? [{ i, code: 'unknown_model' }] : [],
      );
      if (refused.length === 0) return false;
      response.writeHead(200, { 'content-type': 'application/json' });
      const serverTime = new Date(board.clock.now).toISOString();
      const all = { unchanged: 0, ackSeq: 1, serverTime, nextSyncAfterSec: 300, policyVersion: 1 };
      response.end(
        JSON.stringify({ applied: 0, rejected: cells.map((_cell, i) => ({ i, code: 'unknown_model' })), ...all }),
      );
      return true;
    });
    await joinTeam(board, wire, ada, open('2026-11-19'));
    assert.deepEqual(await usage(), { '2026-11-19': [['other', 12, 2]] });
  });

  it('pauses for a time, until resumed, and sends afterwards what was counted meanwhile', async () => {
    await joinTeam(board, wire, ada, open('2026-11-01'));
    await ada.use('-home-me-shop/s.jsonl', someDays);
    const before = wire.sent.length;
    pause(ada.team, 3_600_000);
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'paused');
    assert.equal((await teamStatus(ada.team)).code, 'paused_until');
    pause(ada.team, 'resumed');
    board.clock.now += 2 * dayMs;
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'paused');
    assert.equal(wire.sent.length, before);
    resume(ada.team);
    assert.equal((await syncNow(ada.team)).kind, 'synced');
    assert.equal(Object.keys(await usage()).length, 4);
  });

  it('tells the server also while paused as what one wants to stand, and sends no counts', async () => {
    await joinTeam(board, wire, ada, open('2026-11-01'));
    await ada.use('-home-me-shop/s.jsonl', someDays);
    pause(ada.team, 'resumed');
    const before = wire.syncs().length;
    const { membership } = ada.team.store.state();
    assert.ok(membership?.consent);
    const choices = choicesOf(membership.consent, membership.share);
    const changed = await changeChoices(ada.team, { ...choices, visibility: 'aggregate' });
    assert.equal(changed.kind === 'changed' && changed.sync.kind, 'paused');
    const { body } = await board.ask('GET', '/v1/me', { token: await tokenOf(ada) });
    assert.deepEqual([body.consent.visibility, body.consent.displayName], ['aggregate', null]);
    assert.equal(wire.syncs().length, before);
    assert.equal((await teamStatus(ada.team)).state, 'paused');
  });

  it('goes on after weeks offline with few requests', async () => {
    board.clock.now = Date.parse('2026-10-25T12:00Z');
    await joinTeam(board, wire, ada, open('2026-10-25'));
    const requests = [...Array(24).keys()].map((i) => ({
      id: `d${i}`,
      time: new Date(Date.parse('2026-10-25T10:00Z') + i * dayMs).toISOString(),
      tokens: [i + 1, 1, 1, 0, 0] as const,
    }));
    await ada.use('-home-me-shop/s.jsonl', requests);
    wire.meddle((response) => {
      response.destroy();
      return true;
    });
    const attempts: number[] = [];
    for (let day = 0; day < 24; day++) {
      board.clock.now += dayMs;
      const outcome = await syncNow(ada.team);
      assert.equal(outcome.kind === 'failed' && outcome.failure.kind, 'offline');
      attempts.push(ada.team.store.state().nextAt - board.clock.now);
    }
    assert.ok(Math.max(...attempts) <= 900_000);
    assert.equal((await teamStatus(ada.team)).state, 'failing');
    wire.meddle(undefined);
    const before = wire.sent.length;
    board.clock.now += 900_000;
    assert.deepEqual(await syncNow(ada.team), { kind: 'synced', cells: 24, requests: 1 });
    // New tokens, a second family as the first is three weeks old, and the cells.
    assert.ok(wire.sent.length - before <= 3);
    assert.equal((await teamStatus(ada.team)).state, 'on');
  });

  it('loses nothing and counts nothing twice when it ends in the middle of any step', async () => {
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-20'));
    const { membership } = ada.team.store.state();
    assert.ok(membership?.consent);
    // Each time one more request gets through whole; of the next the server hears, and its answer is lost.
    for (let through = 0; through < 6; through++) {
      let left = through;
      wire.meddle(async (response, sent) => {
        if (left-- > 0) return false;
        await board.ask(sent.method, sent.path, {
          body: sent.body === '' ? undefined : sent.body,
          token: sent.headers.authorization?.slice(7),
        });
        response.destroy();
        return true;
      });
      board.clock.now += 3_600_000;
      const since = `2026-11-${19 - through}`;
      await changeChoices(ada.team, choicesOf(membership.consent, { since, exclude: [] }));
      ada.restart();
      wire.meddle(undefined);
      await syncNow(ada.team, { now: true });
    }
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'synced');
    assert.equal((await teamStatus(ada.team)).pending, 0);
    assert.deepEqual(await usage(), {
      '2026-11-17': [['claude-opus-4-5', 10, 1]],
      '2026-11-18': [['claude-opus-4-5', 20, 1]],
      '2026-11-19': [
        ['claude-haiku-4-5', 7, 1],
        ['other', 5, 1],
      ],
    });
  });

  it('goes on by revisions that the server takes after its own file was lost', async () => {
    await ada.use('-home-me-shop/s.jsonl', someDays.slice(0, 1));
    await joinTeam(board, wire, ada, open('2026-11-01'));
    const state = ada.team.store.state();
    ada.team.store.close();
    rmSync(join(ada.team.dir, 'team.db'));
    ada.team.store.change(() => ({ ...state, counted: null }));
    board.clock.now += 1000;
    await ada.use('-home-me-shop/t.jsonl', [{ id: 'x', time: '2026-11-17T09:00:00.000Z', tokens: [5, 0, 0, 0, 0] }]);
    await syncNow(ada.team, { now: true });
    assert.deepEqual(await usage(), { '2026-11-17': [['claude-opus-4-5', 15, 2]] });
  });

  it('shares badges by switch alone, those that tell when one works by another', async () => {
    const earned = ['token-legend', 'session-immortal', 'cache-wizard', 'weekday-steady'];
    const bea = person(board, { badges: async () => earned });
    await joinTeam(board, wire, bea, open('2026-11-01'));
    assert.equal('badges' in JSON.parse(wire.syncs().at(-1) ?? ''), false);
    const { membership } = bea.team.store.state();
    assert.ok(membership?.consent);
    const choices = choicesOf(membership.consent, membership.share);
    await changeChoices(bea.team, { ...choices, badges: true });
    assert.deepEqual(JSON.parse(wire.syncs().at(-1) ?? '').badges, ['token-legend', 'cache-wizard']);
    await changeChoices(bea.team, { ...choices, badges: true, timeBadges: true });
    assert.deepEqual(JSON.parse(wire.syncs().at(-1) ?? '').badges, earned);
    bea.end();
  });

  it('renews tokens once for two windows that both need new ones', async () => {
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-01'));
    board.clock.now += 3_600_000;
    const { look } = await import('../../src/team/boards.ts');
    const other: Team = { ...ada.team };
    const before = wire.sent.length;
    const seen = await Promise.all([look(ada.team, 'me'), look(other, 'usage'), look(other, 'devices')]);
    assert.deepEqual(
      seen.map(({ failure }) => failure),
      [null, null, null],
    );
    const renewals = wire.sent.slice(before).filter(({ path }) => path === '/v1/auth/refresh');
    assert.equal(renewals.length, 1);
  });

  it('keeps one signed in whose new tokens were lost on the way', async () => {
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-01'));
    board.clock.now += 3_600_000;
    let lost = 0;
    wire.meddle(async (response, { method, path, body }) => {
      if (path !== '/v1/auth/refresh' || lost++ > 0) return false;
      await board.ask(method, path, { body });
      response.destroy();
      return true;
    });
    const { look } = await import('../../src/team/boards.ts');
    assert.equal((await look(ada.team, 'me')).failure?.kind, 'offline');
    assert.equal((await look(ada.team, 'me')).failure, null);
  });
});
