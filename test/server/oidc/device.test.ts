import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Browser } from './browser.ts';
import { board, type SignInWorld, signInWorld } from './sign-in-world.ts';

const client = { kind: 'command', version: '1.0.0' };
const secondMs = 1000;

for (const kind of ['sqlite', 'postgres'] as const)
  describe(`letting a machine in that has no browser on ${kind}`, function () {
    this.timeout(60_000);
    let here: SignInWorld;
    before(async () => {
      here = await signInWorld({ kind });
    });
    after(() => here?.end());
    beforeEach(() => {
      here.at.clock.now = Date.now();
      here.provider.person = 'ada';
    });

    const start = async () => (await here.at.ask('POST', '/v1/auth/device', { body: { client } })).body;
    const poll = (deviceCode: string, device = randomUUID()) =>
      here.at.ask('POST', '/v1/auth/device/token', { body: { deviceCode, device, client } });
    const enter = (browser: Browser, code: string) => browser.submit(`${board}/device`, { code });
    /** Enters the code and signs in, as far as the question whether to go on. */
    const asked = async (browser: Browser, code: string) => {
      const { text } = await enter(browser, code);
      const link = /href="(\/v1\/auth\/oidc\/start\?kind=device&amp;device=[\w-]{43})"/.exec(text)?.[1];
      assert.ok(link, text);
      return await browser.open(`${board}${link.replaceAll('&amp;', '&')}`);
    };
    const answer = async (browser: Browser, text: string, what: string) => {
      const secret = /name="secret" value="([\w-]{43})"/.exec(text)?.[1] ?? '';
      return await browser.submit(`${board}/device/answer`, { secret, answer: what });
    };

    it('lets it in once the person has entered its code, signed in and allowed it', async () => {
      const codes = await start();
      assert.match(codes.userCode, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
      assert.deepEqual([codes.url, codes.interval, codes.expiresIn], [`${board}/device`, 5, 900]);
      here.at.clock.now += 5 * secondMs;
      const early = await poll(codes.deviceCode);
      assert.deepEqual([early.status, early.body.code, early.body.retryAfterSec], [400, 'authorization_pending', 5]);
      const browser = here.browser();
      const question = await asked(browser, ` ${codes.userCode.toLowerCase().replace('-', ' ')} `);
      assert.match(question.text, /only if you have started this yourself/);
      here.at.clock.now += 5 * secondMs;
      assert.equal((await poll(codes.deviceCode)).body.code, 'authorization_pending');
      assert.equal((await answer(browser, question.text, 'allow')).status, 200);
      here.at.clock.now += 5 * secondMs;
      const { status, body } = await poll(codes.deviceCode);
      assert.deepEqual([status, body.member], [200, null]);
      const ada = await here.at.join('Ada', {}, body.ticket.ticket);
      assert.equal((await poll(codes.deviceCode)).body.code, 'sign_in_expired');

      const again = await start();
      const page = await asked(browser, again.userCode);
      await answer(browser, page.text, 'allow');
      assert.equal((await poll(again.deviceCode)).body.member.member, ada.id);
    });

    it('asks whoever polls too fast to slow down', async () => {
      const { deviceCode } = await start();
      const codes: string[] = [];
      for (const seconds of [5, 1, 5, 15]) {
        here.at.clock.now += seconds * secondMs;
        codes.push((await poll(deviceCode)).body.code);
      }
      const [pending, slow] = ['authorization_pending', 'slow_down'];
      assert.deepEqual(codes, [pending, slow, slow, pending]);
    });

    it('ends after a quarter of an hour, and with a no', async () => {
      const old = await start();
      here.at.clock.now += 900 * secondMs;
      assert.equal((await poll(old.deviceCode)).body.code, 'sign_in_expired');
      assert.equal((await enter(here.browser(), old.userCode)).status, 404);
      here.at.clock.now = Date.now();
      const { userCode, deviceCode } = await start();
      const browser = here.browser();
      const { text } = await asked(browser, userCode);
      assert.match((await answer(browser, text, 'deny')).text, /not let in/);
      const refused = await poll(deviceCode);
      assert.deepEqual([refused.status, refused.body.code], [403, 'sign_in_denied']);
    });

    it('is turned away with a person who may not be on the board, or cancels', async () => {
      here.provider.accounts.set('eve', { sub: 'eve', email: 'eve@evil.example' });
      for (const person of ['eve', null]) {
        here.provider.person = person;
        const { userCode, deviceCode } = await start();
        assert.equal((await asked(here.browser(), userCode)).status, 403);
        assert.equal((await poll(deviceCode)).body.code, 'sign_in_denied');
      }
    });

    it('is let in by the browser that signed in alone, once, and by no other site’s form', async () => {
      const { userCode, deviceCode } = await start();
      const browser = here.browser();
      const { text } = await asked(browser, userCode);
      const secret = /name="secret" value="([\w-]{43})"/.exec(text)?.[1] ?? '';
      const fields = { secret, answer: 'allow' };
      const foreign = { origin: 'https://evil.example' };
      assert.equal((await browser.submit(`${board}/device/answer`, fields, foreign)).status, 403);
      assert.equal((await browser.submit(`${board}/device`, { code: userCode }, foreign)).status, 403);
      assert.equal((await here.browser().submit(`${board}/device/answer`, fields)).status, 410);
      assert.equal((await browser.submit(`${board}/device/answer`, fields)).status, 410);
      here.at.clock.now += 5 * secondMs;
      assert.equal((await poll(deviceCode)).body.code, 'authorization_pending');
    });

    it('takes no code that is made up, and soon none at all from who tries many', async () => {
      const browser = here.browser();
      for (const code of ['', 'BCDF', 'BCDF-GHJK', '<script>', 'A'.repeat(3000)]) {
        assert.equal((await enter(browser, code)).status, 404, code);
      }
      const statuses = new Set<number>();
      for (let tries = 0; tries < 40; tries++) statuses.add((await enter(browser, 'BCDF-GHJK')).status);
      assert.deepEqual([...statuses].sort(), [404, 429]);
    });

    it('keeps no code as it is', async () => {
      const { userCode, deviceCode } = await start();
      const dump = JSON.stringify(await here.at.database.rows('SELECT * FROM device_grant'));
      for (const word of [userCode, userCode.replace('-', ''), deviceCode]) assert.ok(!dump.includes(word));
    });
  });
