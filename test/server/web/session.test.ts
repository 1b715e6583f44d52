import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fastify from 'fastify';
import { hashOf } from '../../../src/server/http/secrets.ts';
import type { ServerContext } from '../../../src/server/http/server-context.ts';
import { beginWebSession } from '../../../src/server/web/session.ts';
import { type Member, type World, world } from '../http/world.ts';
import { browsing, codeOf, signedIn, tokenIn } from './browsing.ts';

const minute = 60_000;
const cookie = '__Host-tokenboard';

for (const kind of ['sqlite', 'postgres'] as const)
  describe(`signing in to the pages on ${kind}`, function () {
    this.timeout(60_000);
    let at: World;
    let ann: Member;
    before(async () => {
      at = await world(kind);
      ann = await at.join('Ann');
    });
    after(() => at.end());

    it('gives a cookie that only this host gets, by https, from its own pages, and that no script reads', async () => {
      const browser = browsing(at);
      const answer = await browser.post('/sign-in', { code: await codeOf(at, ann) });
      const set = answer.headers.get('set-cookie') ?? '';
      assert.match(set, /^__Host-tokenboard=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
      assert.match(answer.text, /http-equiv="refresh" content="0;url=\/us"/);
      assert.equal((await browser.get('/me')).status, 200);
    });

    it('takes a code once and for a minute', async () => {
      const code = await codeOf(at, ann);
      const all = await Promise.all(Array.from({ length: 8 }, () => browsing(at).post('/sign-in', { code })));
      assert.deepEqual(all.map(({ status }) => status).sort(), [200, ...Array(7).fill(403)]);
      const late = await codeOf(at, ann);
      at.clock.now += minute;
      const refused = await browsing(at).post('/sign-in', { code: late });
      assert.equal(refused.status, 403);
      assert.match(refused.text, /That code does not hold/);
      assert.equal(refused.headers.get('set-cookie'), null);
      at.clock.now -= minute;
    });

    it('keeps no secret, and makes no token of the API of it, nor a cookie of one', async () => {
      const code = await codeOf(at, ann);
      const browser = browsing(at);
      for (const made of [
        code,
        ann.tokens.accessToken,
        ann.tokens.refreshToken,
        randomBytes(32).toString('base64url'),
      ]) {
        browser.cookies.set(cookie, made);
        assert.equal((await browser.get('/us')).location, '/sign-in');
      }
      await browser.post('/sign-in', { code });
      const secret = browser.cookies.get(cookie) ?? '';
      assert.equal(await at.store.webSession({ hash: secret }), null);
      assert.notEqual(await at.store.webSession({ hash: hashOf(secret) }), null);
      assert.equal((await at.ask('GET', '/v1/me', { token: secret })).status, 401);
      const refreshed = await at.ask('POST', '/v1/auth/refresh', { body: { refreshToken: secret } });
      assert.deepEqual([refreshed.status, refreshed.body.code], [401, 'token_invalid']);
      assert.equal((await browser.get('/me')).status, 200, 'a try to refresh it ends nothing');
    });

    it('signs out after half an hour without a page, and after half a day whatever one does', async () => {
      const start = at.clock.now;
      const idle = await signedIn(at, ann);
      at.clock.now += 30 * minute;
      assert.equal((await idle.get('/me')).location, '/sign-in');
      assert.equal(idle.cookies.size, 0);
      ann.tokens = (await at.ask('POST', '/v1/auth/refresh', { body: { refreshToken: ann.tokens.refreshToken } })).body;
      const busy = await signedIn(at, ann);
      const begun = at.clock.now;
      let last = begun;
      for (; at.clock.now < begun + 13 * 60 * minute; at.clock.now += 9 * minute) {
        if ((await busy.get('/policy')).text.includes('Sign out')) last = at.clock.now;
      }
      assert.ok(last - begun > 11 * 60 * minute && last - begun <= 12 * 60 * minute, String((last - begun) / minute));
      at.clock.now = start;
    });

    it('changes the cookie every ten minutes, lets other tabs follow, and ends all when an old one comes back', async () => {
      const browser = await signedIn(at, ann);
      const first = browser.cookies.get(cookie) ?? '';
      const start = at.clock.now;
      at.clock.now += 9 * minute;
      await browser.get('/me');
      assert.equal(browser.cookies.get(cookie), first);
      at.clock.now += minute;
      await browser.get('/me');
      const second = browser.cookies.get(cookie) ?? '';
      assert.notEqual(second, first);
      const tab = browsing(at);
      tab.cookies.set(cookie, first);
      at.clock.now += minute - 1;
      assert.equal((await tab.get('/me')).status, 200);
      at.clock.now += 1;
      assert.equal((await tab.get('/me')).location, '/sign-in');
      assert.equal((await browser.get('/me')).location, '/sign-in', 'whoever has it now is signed out as well');
      const { entries } = (await at.ask('GET', '/v1/admin/audit', { token: at.owner.tokens.accessToken })).body;
      assert.equal(entries[0].action, 'token.reuse');
      at.clock.now = start;
    });

    it('keeps no session beside the one that takes its place', async () => {
      const browser = await signedIn(at, ann);
      const before = browser.cookies.get(cookie) ?? '';
      assert.match((await browser.get('/sign-in')).text, /You are signed in as Ann/);
      await browser.post('/sign-in', { code: await codeOf(at, at.owner) });
      assert.match((await browser.get('/sign-in')).text, /You are signed in as Member \d+/);
      const old = browsing(at);
      old.cookies.set(cookie, before);
      assert.equal((await old.get('/me')).location, '/sign-in');
    });

    it('asks once more for a page to which another site has led, for then no cookie was sent', async () => {
      const elsewhere = { 'sec-fetch-site': 'cross-site' };
      for (const path of ['/', '/us?metric=%22%3E%3Cb%3E', '/ranking', '/sign-in']) {
        const { status, text } = await browsing(at).get(path, elsewhere);
        assert.equal(status, 200);
        assert.ok(text.includes(`content="0;url=${path}"`), text);
      }
    });

    it('ends with signing out, with the machine it was opened from, and with the member', async () => {
      const browser = await signedIn(at, ann);
      const kept = browser.cookies.get(cookie) ?? '';
      const out = await browser.send('/sign-out');
      assert.deepEqual([out.status, out.location], [303, '/']);
      assert.equal(browser.cookies.size, 0);
      browser.cookies.set(cookie, kept);
      assert.equal((await browser.get('/me')).location, '/sign-in');

      const { code } = (await at.ask('POST', '/v1/me/devices', { token: ann.tokens.accessToken, body: {} })).body;
      const second = await at.joinDevice(code);
      const there = await signedIn(at, second);
      await at.ask('DELETE', `/v1/me/devices/${second.device}`, { token: ann.tokens.accessToken });
      assert.equal((await there.get('/me')).location, '/sign-in');

      const bob = await at.join('Bob');
      const his = await signedIn(at, bob);
      await at.ask('DELETE', '/v1/me', { token: bob.tokens.accessToken });
      assert.equal((await his.get('/me')).location, '/sign-in');
    });

    it('signs in whom a provider has named, from a machine or not', async () => {
      const app = fastify();
      const { org } = (await at.store.organisation({})) ?? { org: 0 };
      const context = { store: at.store, org, now: () => at.clock.now, publicUrl: at.server.publicUrl };
      app.get('/callback/:member', async ({ params }, reply) => {
        await beginWebSession(
          context as unknown as ServerContext,
          reply,
          Number((params as { member: string }).member),
        );
        return reply;
      });
      const answer = await app.inject(`/callback/${ann.id}`);
      assert.equal(answer.statusCode, 200, answer.payload);
      const browser = browsing(at);
      browser.cookies.set(cookie, answer.cookies[0]?.value ?? '');
      assert.match((await browser.get('/me')).text, /What is yours/);
      assert.equal((await app.inject('/callback/7')).statusCode, 500, 'nobody has that id');
      await app.close();
    });

    it('does nothing for a form that is not of a page of this session', async () => {
      const browser = await signedIn(at, ann);
      const form = tokenIn((await browser.get('/me')).text);
      const other = tokenIn((await (await signedIn(at, at.owner)).get('/me')).text);
      const good = { form, visibility: 'aggregate' };
      const attempts: readonly (readonly [fields: Record<string, string>, headers: Record<string, string>])[] = [
        [good, { origin: 'https://evil.example' }],
        [good, { origin: 'null' }],
        [good, { origin: '' }],
        [good, { 'sec-fetch-site': 'cross-site' }],
        [good, { 'sec-fetch-site': 'same-site' }],
        [{ visibility: 'aggregate' }, {}],
        [{ ...good, form: '' }, {}],
        [{ ...good, form: other }, {}],
        [{ ...good, form: `${form}x` }, {}],
      ];
      for (const path of ['/me/appear', '/me/hide', '/me/stop', '/me/leave', '/me/export', '/sign-out']) {
        for (const [fields, headers] of attempts) {
          const { status, text } = await browser.post(path, fields, headers);
          assert.equal(status, 403, `${path} ${JSON.stringify([fields, headers])}`);
          assert.match(text, /Nothing was done/);
        }
        const json = { 'content-type': 'application/json' };
        assert.equal((await browser.post(path, good, json)).status, 415);
        if (path !== '/me/leave') assert.equal((await browser.get(path)).status, 405, 'nothing is done by a link');
      }
      for (const headers of attempts.slice(0, 5).map(([, one]) => one)) {
        assert.equal((await browsing(at).post('/sign-in', { code: await codeOf(at, ann) }, headers)).status, 403);
      }
      const { body } = await at.ask('GET', '/v1/me', { token: ann.tokens.accessToken });
      assert.equal(body.consent.visibility, 'named');
      assert.equal((await browser.get('/me')).status, 200, 'and one is still signed in');
      const api = await at.ask('POST', '/v1/auth/logout', {
        token: ann.tokens.accessToken,
        body: 'form=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      assert.equal(api.status, 415, 'the API takes no forms');
    });
  });

describe('signing in to the pages of a board on this machine', function () {
  this.timeout(30_000);

  it('works by http, with a cookie that needs no https', async () => {
    const at = await world('sqlite', { local: true });
    try {
      const ann = await at.join('Ann');
      const browser = browsing(at);
      const answer = await browser.post('/sign-in', { code: await codeOf(at, ann) });
      assert.match(
        answer.headers.get('set-cookie') ?? '',
        /^tokenboard=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
      );
      assert.equal((await browser.get('/me')).status, 200);
    } finally {
      await at.end();
    }
  });

  it('is bounded for whoever guesses codes without end', async () => {
    const at = await world('sqlite');
    try {
      const answers = await Promise.all(Array.from({ length: 61 }, () => browsing(at).post('/sign-in', { code: 'x' })));
      assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [403, 429]);
    } finally {
      await at.end();
    }
  });
});
