import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { look } from '../../src/team/boards.ts';
import { changeChoices, readMeta, replaceDevice } from '../../src/team/change.ts';
import { choicesOf, startingChoices } from '../../src/team/choices.ts';
import { failureCode } from '../../src/team/failure.ts';
import { askServer } from '../../src/team/http.ts';
import { acceptInvitation } from '../../src/team/join.ts';
import { previewUpload } from '../../src/team/preview.ts';
import type { Cell } from '../../src/team/protocol/sync.ts';
import { sentences, statusSentence } from '../../src/team/sentences.ts';
import { acknowledgeEnd, teamStatus } from '../../src/team/status.ts';
import { syncNow } from '../../src/team/sync.ts';
import { type World, world } from '../server/http/world.ts';
import { joinTeam, open, opened, type Person, person, someDays, tokenOf } from './person.ts';
import { type Meddler, openWire, problem, type Wire } from './wire.ts';

const html: Meddler = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in</html>');
  return true;
};

describe('what can go wrong with a server', () => {
  let board: World;
  let wire: Wire;
  let ada: Person;
  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    ada = person(board, { http: { timeoutMs: 400 } });
    await ada.use('-home-me-shop/s.jsonl', someDays.slice(0, 2));
    await joinTeam(board, wire, ada, open('2026-11-01'));
    await ada.use('-home-me-shop/t.jsonl', [{ id: 'n', time: '2026-11-19T10:00:00.000Z', tokens: [3, 1, 1, 0, 0] }]);
  });
  afterEach(async () => {
    ada.end();
    await wire.close();
    await board.end();
  });

  const passing: readonly (readonly [name: string, meddler: Meddler, code: string, waits: [number, number]])[] = [
    ['a captive portal’s page', html, 'captive_portal', [450, 900]],
    [
      'a redirect',
      (response) => {
        response.writeHead(302, { location: 'https://elsewhere.example.org/v1/sync' }).end();
        return true;
      },
      'redirected',
      [450, 900],
    ],
    [
      'a huge answer',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(`"${'x'.repeat(5 * 1024 * 1024)}"`);
        return true;
      },
      'too_large',
      [450, 900],
    ],
    ['no answer at all', () => true, 'timeout', [450, 900]],
    [
      'an answer that trickles',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(timer));
        return true;
      },
      'timeout',
      [450, 900],
    ],
    [
      'a closed connection',
      (response) => {
        response.destroy();
        return true;
      },
      'offline',
      [450, 900],
    ],
    [
      'JSON of something else',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"hello":"world"}');
        return true;
      },
      'bad_answer',
      [450, 900],
    ],
    [
      'the page of a proxy whose server is gone',
      (response) => {
        response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
        return true;
      },
      'unavailable',
      [450, 900],
    ],
    ['429', problem('/v1/sync', 429, 'rate_limited', {}, { 'retry-after': '1234' }), 'rate_limited', [1234, 1684]],
    ['503', problem('/v1/sync', 503, 'unavailable', {}, { 'retry-after': '77' }), 'unavailable', [450, 900]],
    ['500', problem('/v1/sync', 500, 'internal_error'), 'internal_error', [450, 900]],
  ];
  for (const [name, meddler, code, [least, most]] of passing) {
    it(`is tried again after ${name}`, async () => {
      wire.meddle(meddler);
      const outcome = await syncNow(ada.team, { now: true });
      assert.equal(outcome.kind === 'failed' && failureCode(outcome.failure), code);
      const status = await teamStatus(ada.team);
      assert.deepEqual([status.state, status.code], ['failing', code]);
      const wait = ((status.nextAt ?? 0) - board.clock.now) / 1000;
      assert.ok(wait >= least && wait <= most, `waits ${wait} s`);
      assert.ok(sentences[code] !== undefined);
      assert.equal((await syncNow(ada.team)).kind, 'waiting');
      wire.meddle(undefined);
      board.clock.now += wait * 1000;
      assert.deepEqual(await syncNow(ada.team), { kind: 'synced', cells: 1, requests: 1 });
      assert.equal((await teamStatus(ada.team)).state, 'on');
    });
  }

  it('asks again for consent where the policy has changed, and sends nothing before', async () => {
    await board.state({ purpose: 'Something else' });
    assert.deepEqual(await syncNow(ada.team, { now: true }), {
      kind: 'halted',
      halt: { kind: 'consent', policyVersion: 2 },
    });
    const before = wire.sent.length;
    board.clock.now += 3 * 86_400_000;
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'halted');
    assert.equal(wire.sent.length, before);
    assert.equal((await teamStatus(ada.team)).code, 'consent_required');
    const meta = await readMeta(ada.team, wire.origin);
    assert.ok(meta.ok && meta.value.policy !== null);
    const { membership } = ada.team.store.state();
    assert.ok(membership?.consent);
    const changed = await changeChoices(ada.team, choicesOf(membership.consent, membership.share), meta.value.policy);
    assert.equal(changed.kind === 'changed' && changed.sync.kind, 'synced');
    assert.equal(JSON.parse(wire.syncs().at(-1) ?? '').policyVersion, 2);
  });

  it('forgets everything when the member was erased, and tells once', async () => {
    const { member } = ada.team.store.state().membership ?? { member: 0 };
    await board.ask('DELETE', `/v1/admin/members/${member}`, { token: board.owner.tokens.accessToken });
    board.clock.now += 2000;
    assert.deepEqual(await syncNow(ada.team, { now: true }), { kind: 'ended', organisation: 'Acme' });
    const status = await teamStatus(ada.team);
    assert.equal(statusSentence(status, String).startsWith('The server of Acme has erased you.'), true);
    assert.equal(await ada.team.tokens.get(wire.origin), undefined);
    assert.equal(existsSync(`${ada.home}/.claude/.tokenboard-device`), false);
    const before = wire.sent.length;
    assert.deepEqual(await syncNow(ada.team, { now: true }), { kind: 'off' });
    assert.equal(wire.sent.length, before);
    acknowledgeEnd(ada.team);
    assert.equal((await teamStatus(ada.team)).state, 'off');
  });

  it('is signed out, and not for ever asking, when its tokens hold no longer', async () => {
    const held = await ada.team.tokens.get(wire.origin);
    assert.ok(held);
    const pair = { ...held.pair, accessToken: 'x'.repeat(43), refreshToken: 'y'.repeat(43) };
    await ada.team.tokens.set(wire.origin, { pair, receivedAt: board.clock.now });
    const before = wire.sent.length;
    assert.deepEqual(await syncNow(ada.team, { now: true }), { kind: 'signed_out' });
    assert.equal(wire.sent.length - before, 2);
    assert.deepEqual(await syncNow(ada.team, { now: true }), { kind: 'signed_out' });
    assert.equal(wire.sent.length - before, 2);
    assert.equal((await teamStatus(ada.team)).state, 'signed_out');
  });

  it('signs in again with a link from another machine', async () => {
    const token = await tokenOf(ada);
    const { code } = (await board.ask('POST', '/v1/me/devices', { token, body: {} })).body;
    await ada.team.tokens.delete(wire.origin);
    const found = await opened(ada.team, `${wire.origin}/join?device=models#${code}`);
    assert.equal(found.signsIn, true);
    const joined = await acceptInvitation(ada.team, found, null, null);
    assert.deepEqual(joined.kind === 'joined' && joined.firstSync, { kind: 'synced', cells: 1, requests: 1 });
    const { devices } = (await board.ask('GET', '/v1/me/devices', { token: await tokenOf(ada) })).body;
    assert.equal(devices.length, 1);
  });

  it('halves what is too much for the server', async () => {
    await useModels(40);
    const sizes: number[] = [];
    wire.meddle((response, sent) => {
      if (sent.path !== '/v1/sync') return false;
      const size = JSON.parse(sent.body).cells.length;
      sizes.push(size);
      return size > 10 ? problem('/v1/sync', 413, 'body_too_large')(response, sent) : false;
    });
    const outcome = await syncNow(ada.team, { now: true });
    assert.equal(outcome.kind, 'synced');
    assert.equal((await teamStatus(ada.team)).pending, 0);
    assert.ok(Math.max(...sizes) > 10 && sizes.length < 12, sizes.join(' '));
  });

  it('sets aside the one cell that the server finds wrong, and sends it again once it has changed', async () => {
    await useModels(12);
    const isBad = ({ day, model }: Cell): boolean => day === '2026-11-16' && model === 'gpt-5';
    wire.meddle((response, sent) => {
      if (sent.path !== '/v1/sync' || !JSON.parse(sent.body).cells.some(isBad)) return false;
      return problem('/v1/sync', 422, 'invalid_request')(response, sent);
    });
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'synced');
    const status = await teamStatus(ada.team);
    assert.deepEqual([status.pending, status.aside], [0, 1]);
    const before = wire.sent.length;
    board.clock.now += 60_000;
    assert.deepEqual(await syncNow(ada.team, { now: true }), { kind: 'synced', cells: 0, requests: 0 });
    assert.equal(wire.sent.length, before);
    wire.meddle(undefined);
    ada.ledger.database.exec(`UPDATE model_tally SET input = input + 1`);
    ada.ledger.database.exec(`UPDATE day_change SET revision = revision + 1`);
    await syncNow(ada.team, { now: true });
    assert.equal((await teamStatus(ada.team)).aside, 0);
  });

  it('gives up soon where the server finds everything wrong', async () => {
    await useModels(60);
    wire.meddle(problem('/v1/sync', 422, 'invalid_request'));
    const outcome = await syncNow(ada.team, { now: true });
    assert.equal(outcome.kind, 'failed');
    const before = wire.sent.length;
    assert.ok(before < 40, `${before} requests`);
    const tried = wire.syncs().length;
    // It is there, so all is well but for what is set aside.
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'synced');
    assert.equal(wire.syncs().length, tried);
    assert.ok((await teamStatus(ada.team)).aside > 0);
  });

  it('waits for an update of the program where the server asks for one', async () => {
    wire.meddle(problem('/v1/sync', 426, 'upgrade_required'));
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'halted');
    assert.equal((await teamStatus(ada.team)).code, 'upgrade_required');
    wire.meddle(undefined);
    const newer = { ...ada.team, client: { ...ada.team.client, version: '2.0.0' } };
    assert.equal((await syncNow(newer, { now: true })).kind, 'synced');
  });

  it('offers to replace the other device of the same counts', async () => {
    await ada.use('-home-me-shop/u.jsonl', someDays);
    await syncNow(ada.team, { now: true });
    const again = person(board);
    await again.use('-home-me-shop/s.jsonl', someDays.slice(0, 2));
    await again.use('-home-me-shop/t.jsonl', [{ id: 'n', time: '2026-11-19T10:00:00.000Z', tokens: [3, 1, 1, 0, 0] }]);
    await again.use('-home-me-shop/u.jsonl', someDays);
    const { code } = (await board.ask('POST', '/v1/me/devices', { token: await tokenOf(ada), body: {} })).body;
    const found = await opened(again.team, `${wire.origin}/join?device=models#${code}`);
    assert.ok(found.policy);
    const choices = { ...startingChoices('2026-11-01'), models: true };
    const joined = await acceptInvitation(
      again.team,
      found,
      choices,
      await previewUpload(again.team, found.policy, choices),
    );
    assert.ok(joined.kind === 'joined' && joined.firstSync?.kind === 'halted');
    const { halt } = joined.firstSync;
    assert.equal(halt.kind, 'overlap');
    const replaced = await replaceDevice(again.team, halt.kind === 'overlap' ? halt.device : 0);
    assert.equal(replaced.ok && replaced.value.kind, 'synced');
    const { body } = await board.ask('GET', '/v1/me/usage', { token: await tokenOf(again) });
    assert.equal(body.days.find(({ day }: { day: string }) => day === '2026-11-17').in, 10);
    again.end();
  });

  it('finds the server’s day by the server’s clock where this machine’s is wrong', async () => {
    const wrong = person(board, { now: () => board.clock.now + 3 * 86_400_000 });
    await wrong.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, wrong, open('2026-11-01'));
    board.clock.now += 60_000;
    await syncNow(wrong.team, { now: true });
    const status = await teamStatus(wrong.team);
    assert.equal(Math.round(status.skewMs / 3_600_000), -72);
    const last = JSON.parse(wire.syncs().at(-1) ?? '').cells.map(({ day }: Cell) => day);
    assert.ok(last.every((day: string) => day < '2026-11-21'));
    wrong.end();
  });

  it('sends no day that is not over to a server that tells a later time', async () => {
    const bea = person(board);
    await bea.use('-home-me-shop/s.jsonl', someDays);
    wire.meddle(async (response, { method, path, body, headers }) => {
      if (path !== '/v1/sync') return false;
      const answer = await board.ask(method, path, { body, token: headers.authorization?.slice(7) });
      const serverTime = new Date(board.clock.now + 2 * 86_400_000).toISOString();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...answer.body, serverTime }));
      return true;
    });
    const before = wire.syncs().length;
    await joinTeam(board, wire, bea, open('2026-11-01'));
    board.clock.now += 3_600_000;
    await syncNow(bea.team, { now: true });
    const days = wire
      .syncs()
      .slice(before)
      .flatMap((body) => JSON.parse(body).cells.map(({ day }: Cell) => day));
    assert.equal(days.toSorted().at(-1), '2026-11-19');
    // Once it is over here as well, it is told.
    board.clock.now = Date.parse('2026-11-21T00:05:00Z');
    await syncNow(bea.team, { now: true });
    assert.equal(JSON.parse(wire.syncs().at(-1) ?? '').cells[0].day, '2026-11-20');
    bea.end();
  });

  it('takes script and control characters out of the owner’s notice', async () => {
    const notice = 'Closed\u001b[2J\u202e <script>alert(1)</script>\u0007';
    await board.ask('POST', '/v1/admin/close', {
      token: board.owner.tokens.accessToken,
      body: { notice, erase: false },
    });
    board.clock.now += 2000;
    const seen = await look(ada.team, 'board', { board: 0 });
    assert.equal(seen.value?.notice, 'Closed[2J <script>alert(1)</script>');
    const outcome = await syncNow(ada.team, { now: true });
    assert.equal(outcome.kind === 'failed' && failureCode(outcome.failure), 'board_closed');
  });

  it('shows what was last seen while the server is away, and nothing that is not to be seen', async () => {
    const fresh = await look(ada.team, 'boards');
    assert.equal(fresh.failure, null);
    wire.meddle(html);
    const kept = await look(ada.team, 'boards');
    assert.deepEqual(kept.value, fresh.value);
    assert.equal(kept.failure?.kind, 'captive_portal');
    wire.meddle(problem('/v1/boards', 403, 'consent_required', { policyVersion: 2 }));
    assert.equal((await look(ada.team, 'boards')).value, undefined);
  });

  it('does not trust a certificate that nobody vouches for, until it is told to', async () => {
    const { cert, key } = await import('./certificate.ts');
    const server = createServer({ cert, key }, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://localhost:${(server.address() as AddressInfo).port}/v1/meta`;
    const settings = { userAgent: 'x', proxy: 'none' };
    const refused = await askServer({ method: 'GET', url }, settings);
    assert.equal(!refused.ok && refused.failure.kind, 'certificate');
    const trusted = await askServer({ method: 'GET', url }, { ...settings, ca: [cert] });
    assert.deepEqual(trusted.ok && trusted.value.json, { ok: true });
    server.closeAllConnections();
    server.close();
  });

  it('goes through a proxy without letting it read along', async () => {
    const { createServer: createProxy } = await import('node:http');
    const { connect } = await import('node:net');
    const { cert, key } = await import('./certificate.ts');
    const server = createServer({ cert, key }, (_request, response) => void response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const asked: string[] = [];
    const proxy = createProxy((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end();
    });
    proxy.on('connect', ({ url, headers }, socket) => {
      asked.push(`CONNECT ${url} ${headers['proxy-authorization']}`);
      const onward = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://me:s%20t@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const settings = { userAgent: 'x', proxy: address, ca: [cert], timeoutMs: 3000 };
    // The server behind it is localhost, not the board: nothing is sent to it.
    const answer = await askServer({ method: 'GET', url: 'https://board.test/v1/meta', token: 'secret' }, settings);
    assert.equal(!answer.ok && answer.failure.kind, 'certificate');
    const credentials = Buffer.from('me:s t').toString('base64');
    assert.deepEqual(asked, [`CONNECT board.test:443 Basic ${credentials}`]);
    for (const one of [server, proxy]) {
      one.closeAllConnections();
      one.close();
    }
  });

  /** So many cells on several days, of public models. */
  async function useModels(cells: number): Promise<void> {
    const models = ['gpt-5', 'gpt-5-codex', 'gemini-2.5-pro', 'claude-sonnet-4-5', 'claude-opus-4-1', 'gpt-4o'];
    const requests = [...Array(cells).keys()].map((i) => ({
      id: `m${i}`,
      time: `2026-11-${String(16 - Math.floor(i / models.length)).padStart(2, '0')}T10:00:00.000Z`,
      model: models[i % models.length] ?? '',
      tokens: [i + 1, 1, 1, 0, 0] as const,
    }));
    await ada.use('-home-me-shop/many.jsonl', requests);
  }
});
