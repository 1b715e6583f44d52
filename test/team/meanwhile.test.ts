import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { changeChoices } from '../../src/team/change.ts';
import { type Choices, choicesOf } from '../../src/team/choices.ts';
import { acceptInvitation } from '../../src/team/join.ts';
import { leave } from '../../src/team/leave.ts';
import { pause } from '../../src/team/pause.ts';
import { previewUpload } from '../../src/team/preview.ts';
import type { SyncRequest } from '../../src/team/protocol/sync.ts';
import { syncNow } from '../../src/team/sync.ts';
import { syncBody } from '../../src/team/sync-body.ts';
import { type World, world } from '../server/http/world.ts';
import { joinTeam, open, opened, type Person, person, someDays, tokenOf } from './person.ts';
import { openWire, type Wire } from './wire.ts';

describe('what a person decides in one window while another one syncs', () => {
  let board: World;
  let wire: Wire;
  let ada: Person;
  let other: Person;
  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    ada = person(board);
    other = person(board, { home: ada.home });
  });
  afterEach(async () => {
    other.end();
    ada.end();
    await wire.close();
    await board.end();
  });

  const sent = (): SyncRequest[] => wire.syncs().map((body) => JSON.parse(body) as SyncRequest);

  /** One cell a request, and `act` while the first of those is under way. */
  function during(act: () => Promise<unknown>): void {
    let acted = false;
    wire.meddle(async (response, { path, body }) => {
      if (path !== '/v1/sync') return false;
      if ((JSON.parse(body) as SyncRequest).cells.length > 1) {
        response.writeHead(413, { 'content-type': 'application/problem+json' });
        response.end(JSON.stringify({ type: 'about:blank', title: 'Too large', status: 413, code: 'body_too_large' }));
        return true;
      }
      if (!acted) {
        acted = true;
        await act();
      }
      return false;
    });
  }

  async function choose(change: Partial<Choices>): Promise<void> {
    const { membership } = other.team.store.state();
    assert.ok(membership?.consent);
    await changeChoices(other.team, { ...choicesOf(membership.consent, membership.share), ...change });
  }

  it('nothing more goes out after a pause', async () => {
    await joinTeam(board, wire, ada, open('2026-11-01'));
    await ada.use('-home-me-shop/s.jsonl', someDays);
    const before = sent().length;
    during(async () => pause(other.team, 'resumed'));
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'paused');
    const cells = sent()
      .slice(before)
      .map((request) => request.cells.length);
    assert.deepEqual(
      cells.filter((count) => count === 1),
      [1],
    );
    assert.equal(ada.team.store.state().pausedUntil, 'resumed');
  });

  /** Joins with a first upload of several requests. */
  async function joinInPieces(): Promise<void> {
    await ada.use('-home-me-shop/s.jsonl', someDays);
    const invitation = await opened(ada.team, `${wire.origin}/join#${await board.invite()}`);
    assert.ok(invitation.policy);
    const choices = open('2026-11-01');
    const preview = await previewUpload(ada.team, invitation.policy, choices);
    const head = { seq: 1, policyVersion: invitation.policy.version, client: '1.0.0', badges: undefined };
    const requests = (preview.requests[0]?.cells ?? []).map((cell) => syncBody(head, [cell]));
    assert.ok(requests.length > 1);
    await acceptInvitation(ada.team, invitation, choices, { ...preview, requests });
  }

  it('nothing more of the first upload goes out once one leaves, also where the server is slow to confirm it', async () => {
    const asked = Promise.withResolvers<void>();
    const slow = Promise.withResolvers<void>();
    let leaving: Promise<unknown> | undefined;
    wire.meddle(async (response, { method, path }) => {
      if (method === 'DELETE') {
        asked.resolve();
        await slow.promise;
        response.destroy();
        return true;
      }
      if (path === '/v1/sync') {
        leaving ??= leave(other.team);
        await asked.promise;
      }
      return false;
    });
    await joinInPieces().finally(slow.resolve);
    assert.deepEqual(await leaving, { kind: 'leaving' });
    assert.equal(sent().length, 1);
  });

  it('leaving takes everything away also where a sync is answered after it', async () => {
    wire.meddle(async (response, { method, path, body, headers }) => {
      if (path !== '/v1/sync') return false;
      const answer = await board.ask(method, path, { body, token: headers.authorization?.slice(7) });
      assert.deepEqual(await leave(other.team), { kind: 'left' });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
      return true;
    });
    await joinInPieces();
    assert.equal(existsSync(`${ada.team.dir}/team.db`), false);
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'off');
  });

  it('no cell goes out by earlier choices, and the server knows of the new ones at once', async () => {
    await joinTeam(board, wire, ada, open('2026-11-01'));
    await ada.use('-home-me-shop/s.jsonl', someDays);
    const before = sent().length;
    during(async () => choose({ models: false, visibility: 'aggregate' }));
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'synced');
    const named = sent()
      .slice(before)
      .filter(({ cells }) => cells.length === 1 && cells.some(({ model, req }) => model !== 'other' && req > 0));
    assert.equal(named.length, 1);
    assert.equal(ada.team.store.state().membership?.consentTold, true);
    const { body } = await board.ask('GET', '/v1/me', { token: await tokenOf(ada) });
    assert.deepEqual([body.consent.visibility, body.consent.models], ['aggregate', false]);
    const usage = await board.ask('GET', '/v1/me/usage', { token: await tokenOf(ada) });
    const told = usage.body.models.filter(({ req }: { readonly req: number }) => req > 0);
    assert.deepEqual([...new Set(told.map(({ model }: { readonly model: string }) => model))], ['other']);
  });

  it('a policy that was agreed to meanwhile is not asked for again', async () => {
    await joinTeam(board, wire, ada, open('2026-11-01'));
    await ada.use('-home-me-shop/s.jsonl', someDays);
    during(async () => {
      await board.state({ purpose: 'Another purpose' });
      const { body } = await board.ask('GET', '/v1/meta');
      const { membership } = other.team.store.state();
      assert.ok(membership?.consent);
      await changeChoices(other.team, choicesOf(membership.consent, membership.share), body.policy);
    });
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'synced');
    const { halt, membership } = ada.team.store.state();
    assert.deepEqual([halt, membership?.consentTold], [null, true]);
  });
});
