import assert from 'node:assert/strict';
import type { Member } from '../http/world.ts';
import type { Browser } from './browser.ts';
import { board, type SignInWorld, signInWorld } from './sign-in-world.ts';

const minute = 60_000;
const connectUrl = `${board}/v1/auth/oidc/start?kind=connect`;

for (const kind of ['sqlite', 'postgres'] as const)
  describe(`connecting a member who came by an invite with the organisation's sign-in, on ${kind}`, function () {
    this.timeout(60_000);
    let here: SignInWorld;
    beforeEach(async () => {
      here = await signInWorld({ kind, config: { adminGroup: 'admins' } });
    });
    afterEach(() => here.end());

    /** A browser in which a member has opened the board from the editor. */
    async function opened({ tokens }: Member): Promise<Browser> {
      const browser = here.browser();
      const { body } = await here.at.ask('POST', '/v1/me/web-code', { token: tokens.accessToken, body: {} });
      const place = await browser.submit(`${board}/sign-in`, { code: body.code }, { origin: board });
      assert.equal(place.status, 200, place.text);
      return browser;
    }

    async function connected(member: Member, sub: string) {
      here.provider.person = sub;
      return (await opened(member)).open(connectUrl);
    }

    const rows = (statement: string) => here.at.database.rows(statement);
    const members = async (): Promise<number> => (await rows('SELECT member FROM member')).length;

    it('makes no second member: signing in leads to the one who came by the invite, and keeps what is theirs', async () => {
      const guest = await here.at.join('Guest');
      const before = await members();
      const browser = await opened(guest);
      assert.match((await browser.open(`${board}/me`)).text, /You came by an invite[\s\S]*Connect my account/);
      here.provider.person = 'ada';
      const place = await browser.open(connectUrl);
      assert.deepEqual([place.status, place.leadsTo], [200, '/me?said=connected'], place.text);
      const mine = (await browser.open(`${board}/me?said=connected`)).text;
      assert.match(mine, /Your account is connected[\s\S]*Your account knows you here/);
      assert.doesNotMatch(mine, /Connect my account/);
      const { status, body } = await here.signIn('ada');
      assert.deepEqual([status, body.member?.member, body.ticket], [200, guest.id, null]);
      assert.notEqual(body.member.device, guest.device, 'it is another machine of the same member');
      assert.equal(await members(), before);
      const me = await here.at.ask('GET', '/v1/me', { token: body.member.tokens.accessToken });
      assert.equal(me.body.consent.displayName, 'Guest');
      const { entries } = (await here.at.ask('GET', '/v1/admin/audit', { token: here.at.owner.tokens.accessToken }))
        .body;
      const written = entries.find(({ action }: { action: string }) => action === 'member.connect');
      assert.deepEqual([written?.actor, written?.subject], [guest.id, guest.id]);
    });

    it('again changes nothing, and a ticket of before leads to the same member', async () => {
      const guest = await here.at.join('Guest');
      const { body } = await here.signIn('ada');
      assert.equal((await connected(guest, 'ada')).leadsTo, '/me?said=connected');
      assert.equal((await connected(guest, 'ada')).leadsTo, '/me?said=connected');
      assert.equal((await rows('SELECT subject FROM identity')).length, 1);
      assert.equal((await here.at.join('ada', {}, body.ticket.ticket)).id, guest.id);
      const { entries } = (await here.at.ask('GET', '/v1/admin/audit', { token: here.at.owner.tokens.accessToken }))
        .body;
      assert.equal(entries.filter(({ action }: { action: string }) => action === 'member.connect').length, 1);
    });

    it('refuses an account that is a member, and a member who has another account; leaving frees the account', async () => {
      const [ada, guest, other] = [await here.join('ada'), await here.at.join('Guest'), await here.at.join('Other')];
      const before = await rows('SELECT subject, member FROM identity');
      const taken = await connected(guest, 'ada');
      assert.equal(taken.status, 409);
      assert.match(taken.text, /This account is another member already/);
      assert.deepEqual(await rows('SELECT subject, member FROM identity'), before);
      assert.equal((await connected(guest, 'bob')).leadsTo, '/me?said=connected');
      const second = await connected(guest, 'cleo');
      assert.equal(second.status, 409);
      assert.match(second.text, /You are connected with another account/);
      assert.equal((await connected(other, 'bob')).status, 409);
      await here.at.ask('DELETE', '/v1/me', { token: ada.tokens.accessToken });
      assert.equal((await connected(other, 'ada')).leadsTo, '/me?said=connected');
      assert.equal((await here.signIn('ada')).body.member.member, other.id);
    });

    it('of several who connect with one account at once ties one', async () => {
      const guests = await Promise.all(['A', 'B', 'C'].map((name) => here.at.join(name)));
      here.provider.person = 'ada';
      const browsers = await Promise.all(guests.map(opened));
      const places = await Promise.all(browsers.map((browser) => browser.open(connectUrl)));
      assert.deepEqual(places.map(({ status }) => status).sort(), [200, 409, 409]);
      assert.equal((await rows('SELECT subject FROM identity')).length, 1);
    });

    it('takes whoever is signed in on this site alone, not a link of somebody else, and never an account that is not let in', async () => {
      const guest = await here.at.join('Guest');
      here.provider.person = 'ada';
      const nobody = await here.browser().open(connectUrl);
      assert.equal(nobody.status, 403);
      assert.match(nobody.text, /Open the board first/);
      const browser = await opened(guest);
      const [, cookies] = [...browser.cookies].find(([site]) => site === board) ?? [];
      const cookie = [...(cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
      for (const site of ['cross-site', 'same-site']) {
        const path = '/v1/auth/oidc/start?kind=connect';
        const headers = { cookie, 'sec-fetch-site': site };
        const answer = await fetch(`${here.at.server.address}${path}`, { headers, redirect: 'manual' });
        assert.equal(answer.status, 403, site);
      }
      here.provider.accounts.set('eve', { sub: 'eve', email: 'eve@elsewhere.example' });
      const eve = await connected(guest, 'eve');
      assert.equal(eve.status, 403);
      assert.match(eve.text, /This board is not for this account/);
      assert.deepEqual(await rows('SELECT subject FROM identity'), []);
      assert.equal((await here.at.ask('GET', '/v1/me', { token: guest.tokens.accessToken })).status, 200);
    });

    it('from then on follows the organisation: its groups, and who leaves it is signed out and off the board', async () => {
      const guest = await here.at.join('Guest');
      here.provider.accounts.set('ada', { sub: 'ada', email: 'ada@example.org', groups: ['admins'] });
      assert.equal((await connected(guest, 'ada')).status, 200);
      const me = await here.at.ask('GET', '/v1/me', { token: guest.tokens.accessToken });
      assert.equal(me.body.role, 'admin');
      here.provider.accounts.clear();
      here.at.clock.now += 11 * minute;
      const body = { refreshToken: guest.tokens.refreshToken };
      assert.equal((await here.at.ask('POST', '/v1/auth/refresh', { body })).status, 401);
      const [found] = await rows(`SELECT leaves_at FROM identity WHERE member = ${guest.id}`);
      assert.ok(Number(found?.leaves_at) > here.at.clock.now);
    });

    it('is offered only where there is such a sign-in', async () => {
      const plain = await signInWorld({ kind, offered: false });
      try {
        const guest = await plain.at.join('Guest');
        const { body } = await plain.at.ask('POST', '/v1/me/web-code', { token: guest.tokens.accessToken, body: {} });
        const browser = plain.browser();
        await browser.submit(`${board}/sign-in`, { code: body.code }, { origin: board });
        assert.doesNotMatch((await browser.open(`${board}/me`)).text, /Connect my account/);
        assert.equal((await browser.open(connectUrl)).status, 404);
      } finally {
        await plain.end();
      }
    });
  });
