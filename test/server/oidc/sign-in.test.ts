import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { board, codeOf, type SignInWorld, signInWorld } from './sign-in-world.ts';

const minuteMs = 60_000;
const client = { kind: 'editor', version: '1.0.0' };
const secret = () => randomBytes(32).toString('base64url');

for (const kind of ['sqlite', 'postgres'] as const)
  describe(`signing in with a provider on ${kind}`, function () {
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
    const rows = (table: string) => here.at.database.rows(`SELECT * FROM ${table}`);

    it('is offered in what anyone may know', async () => {
      assert.equal((await here.at.ask('GET', '/v1/meta')).body.signIn, true);
    });

    it('keeps nothing about a person but a ticket until the person has agreed', async () => {
      const { status, body } = await here.signIn('ada');
      assert.deepEqual([status, body.member], [200, null]);
      assert.deepEqual([(await rows('identity')).length, (await rows('member')).length], [0, 1]);
      const order = { invite: body.ticket.ticket, device: randomUUID(), client };
      assert.equal((await here.at.ask('POST', '/v1/join', { body: order })).body.code, 'consent_required');
      const ada = await here.at.join('Ada', {}, body.ticket.ticket);
      assert.equal((await here.at.ask('GET', '/v1/me', { token: ada.tokens.accessToken })).body.role, 'member');
      const again = await here.at.ask('POST', '/v1/join', { body: order });
      assert.equal(again.body.code, 'invite_used');
    });

    it('gives a member tokens for another machine, and the same machine its own place', async () => {
      const device = randomUUID();
      const first = (await here.signIn('ada', device)).body;
      assert.equal(first.ticket, null);
      const second = (await here.signIn('ada', device)).body.member;
      assert.deepEqual([second.member, second.device], [first.member.member, first.member.device]);
      const { devices } = (await here.at.ask('GET', '/v1/me/devices', { token: second.tokens.accessToken })).body;
      assert.equal(devices.length, 2);
    });

    it('keeps no ticket for longer than it holds', async () => {
      const { body } = await here.signIn('cleo');
      here.at.clock.now += 15 * minuteMs;
      const order = { invite: body.ticket.ticket, device: randomUUID(), client };
      assert.equal((await here.at.ask('POST', '/v1/join', { body: order })).body.code, 'invite_expired');
      here.provider.person = 'ada';
      here.at.clock.now = Date.now();
      await here.at.store.sweep({ org: await orgOf(here), after: 0, limit: 100, now: Date.now() + 15 * minuteMs });
      const left = await here.at.database.rows('SELECT * FROM invite WHERE subject IS NOT NULL');
      assert.deepEqual([left.length, (await rows('passage')).length], [0, 0]);
    });

    it('makes one member of a person who joins on two machines at once', async () => {
      const tickets = [await here.signIn('bob'), await here.signIn('bob')].map(({ body }) => body.ticket.ticket);
      const joined = await Promise.all(tickets.map((ticket) => here.at.join('Bob', {}, ticket)));
      assert.equal(new Set(joined.map(({ id }) => id)).size, 1);
      assert.equal(new Set(joined.map(({ device }) => device)).size, 2);
    });

    it('tells the database no name, no address and no token of the provider', async () => {
      const dump = JSON.stringify([
        await rows('identity'),
        await rows('invite'),
        await rows('passage'),
        here.at.logged,
      ]);
      for (const word of ['"ada"', '@example.org', here.provider.clientSecret]) {
        assert.ok(!dump.includes(word), word);
      }
      const [{ sealed } = {}] = await rows('identity');
      assert.match(String(sealed), /^[\w-]{60,}$/);
    });

    it('takes a code once, within a minute, and with its own verifier alone', async () => {
      const signedIn = async () => {
        const { url, verifier } = here.begin();
        return { code: codeOf(await here.browser().open(url)), verifier };
      };
      const used = await signedIn();
      assert.equal((await here.exchange(used.code, used.verifier)).status, 200);
      const late = await signedIn();
      here.at.clock.now += minuteMs;
      const refused = [
        await here.exchange(used.code, used.verifier),
        await here.exchange(late.code, late.verifier),
        await here.exchange((await signedIn()).code, secret()),
        await here.exchange(secret(), secret()),
      ];
      assert.deepEqual(
        refused.map(({ status, body }) => [status, body.code]),
        refused.map(() => [410, 'sign_in_expired']),
      );
    });

    it('gives one of many who exchange a code at once what it is worth', async () => {
      const { url, verifier } = here.begin();
      const code = codeOf(await here.browser().open(url));
      const all = await Promise.all(Array.from({ length: 10 }, () => here.exchange(code, verifier)));
      assert.deepEqual(all.map(({ status }) => status).sort(), [200, ...Array<number>(9).fill(410)]);
    });

    it('believes an answer once, in the browser that asked, and no longer than ten minutes', async () => {
      const browser = here.browser();
      const callback = await callbackOf(here);
      assert.equal((await here.browser().open(callback.url)).status, 410);
      const other = await callbackOf(here);
      assert.equal(codeOf(await other.browser.open(other.url)).length, 43);
      assert.equal((await other.browser.open(other.url)).status, 410);
      const slow = await callbackOf(here);
      here.at.clock.now += 10 * minuteMs;
      assert.equal((await slow.browser.open(slow.url)).status, 410);
      for (const query of ['', '?code=x', `?code=x&state=${secret()}`, '?error=access_denied&state=']) {
        assert.equal((await browser.open(`${board}/v1/auth/oidc/callback${query}`)).status, 410, query);
      }
    });

    it('goes on in another process, wherever the first one ends', async () => {
      const { url, verifier } = here.begin();
      const browser = here.browser({ stopAt: '/v1/auth/oidc/callback' });
      const { leadsTo = '' } = await browser.open(url);
      await here.at.restart();
      const code = codeOf(await browser.open(leadsTo));
      await here.at.restart();
      assert.equal((await here.exchange(code, verifier)).status, 200);
    });

    it('believes no code of another sign-in, and no answer of another issuer', async () => {
      const [one, two] = [await callbackOf(here), await callbackOf(here)];
      const swapped = new URL(one.url);
      swapped.searchParams.set('code', new URL(two.url).searchParams.get('code') ?? '');
      const page = await one.browser.open(swapped.href);
      assert.deepEqual([page.status, page.leadsTo], [400, undefined]);
      assert.match(page.text, /was not believed/);
      for (const issuer of ['https://evil.example', undefined]) {
        const mixed = await callbackOf(here);
        const url = new URL(mixed.url);
        if (issuer === undefined) url.searchParams.delete('iss');
        else url.searchParams.set('iss', issuer);
        assert.equal((await mixed.browser.open(url.href)).status, 400, issuer);
      }
    });

    it('leads to the editor’s own links and to this machine, and nowhere else', async () => {
      const good = [
        'vscode://tokenboard.tokenboard/signed-in',
        'vscode-insiders://tokenboard.tokenboard/signed-in?windowId=_blank',
        'vscodium://tokenboard.tokenboard/signed-in',
        'cursor://tokenboard.tokenboard/signed-in?windowId=1',
        'http://127.0.0.1:43210/signed-in',
      ];
      for (const redirect of good) {
        const { url, state } = here.begin({ redirect });
        const { leadsTo = '' } = await here.browser().open(url);
        assert.ok(leadsTo.startsWith(redirect), `${redirect} → ${leadsTo}`);
        assert.equal(new URL(leadsTo).searchParams.get('state'), state);
      }
      const bad = [
        'https://evil.example/signed-in',
        'http://evil.example:80/signed-in',
        'http://127.0.0.1:80@evil.example/signed-in',
        'http://localhost.evil.example:8080/signed-in',
        'http://127.0.0.1:8080/signed-in/../steal',
        'http://127.0.0.1:8080/other',
        'https://127.0.0.1:8080/signed-in',
        'vscode://evil.extension/signed-in',
        'vscode://tokenboard.tokenboard/join',
        'vscode://tokenboard.tokenboard/signed-in#x',
        'vscode://tokenboard.tokenboard.evil/signed-in',
        'vscode://tokenboard.tokenboard/signed-in?a="><script>',
        'xvscode://tokenboard.tokenboard/signed-in',
        'javascript:alert(1)//vscode://tokenboard.tokenboard/signed-in',
        '//evil.example',
        '/device',
        '',
      ];
      for (const redirect of bad) {
        const { status, leadsTo, url } = await here.browser().open(here.begin({ redirect }).url);
        assert.deepEqual([status, leadsTo, new URL(url).origin], [400, undefined, board], redirect);
      }
      for (const missing of [{ challenge: undefined }, { state: undefined }, { redirect: undefined }]) {
        assert.equal((await here.browser().open(here.begin(missing).url)).status, 400);
      }
      for (const query of ['', '?kind=boss', '?kind=editor&challenge=short', '?kind=web&next=https://evil.example']) {
        assert.equal((await here.at.ask('GET', `/v1/auth/oidc/start${query}`)).status, 422, query);
      }
    });

    it('tells the editor that the person has cancelled', async () => {
      here.provider.person = null;
      const page = await here.browser().open(here.begin().url);
      assert.equal(page.status, 403);
      assert.match(page.text, /error=cancelled&amp;state=/);
    });

    it('lets in who has a verified address of the organisation, and nobody else', async () => {
      const { accounts } = here.provider;
      accounts.set('eve', { sub: 'eve', email: 'eve@evil.example' });
      accounts.set('sly', { sub: 'sly', email: 'sly@example.org', verified: false });
      accounts.set('two', { sub: 'two', email: 'x@example.org@evil.example' });
      accounts.set('sub', { sub: 'sub', email: 'x@sub.example.org' });
      accounts.set('mute', { sub: 'mute' });
      accounts.set('loud', { sub: 'loud', email: 'LOUD@EXAMPLE.ORG' });
      for (const [sub, status] of [
        ['eve', 403],
        ['sly', 403],
        ['two', 403],
        ['sub', 403],
        ['mute', 403],
        ['loud', 200],
      ] as const) {
        here.provider.person = sub;
        assert.equal((await here.browser().open(here.begin().url)).status, status, sub);
      }
    });

    it('signs a member in to the pages, and tells others where one joins', async () => {
      const browser = here.browser();
      const page = await browser.open(`${board}/v1/auth/oidc/start?kind=web`);
      assert.deepEqual([page.status, page.leadsTo], [200, '/us']);
      assert.match(browser.cookies.get(board)?.get('__Host-tokenboard') ?? '', /^[\w-]{43}$/);
      const before = (await rows('invite')).length;
      here.provider.person = 'cleo';
      const stranger = here.browser();
      assert.equal(new URL((await stranger.open(`${board}/v1/auth/oidc/start?kind=web`)).url).pathname, '/join-first');
      assert.equal(stranger.cookies.get(board)?.has('__Host-tokenboard'), false);
      assert.equal((await rows('invite')).length, before);
    });

    it('goes on with the key that the provider signs with now', async () => {
      await here.signIn('ada');
      const asked = here.provider.keyRequests();
      await here.signIn('ada');
      assert.equal(here.provider.keyRequests(), asked);
      for (let turn = 0; turn < 2; turn++) {
        await here.provider.rotateKeys();
        assert.equal((await here.signIn('ada')).status, 200);
      }
      assert.equal(here.provider.keyRequests(), asked + 2);
    });

    it('bears clocks that differ by a minute, and believes nothing where they differ by ten', async () => {
      const ways = [-1, 1, -10, 10].map((minutes) => minutes * minuteMs);
      const statuses: number[] = [];
      for (const way of ways) {
        here.at.clock.now = Date.now() + way;
        statuses.push((await here.browser().open(here.begin().url)).status);
      }
      assert.deepEqual(statuses, [200, 200, 400, 400]);
    });

    it('says so where the provider is down, and goes on when it is back', async () => {
      await here.provider.stop();
      try {
        const callback = here.browser();
        const page = await callback.open(here.begin().url).catch(() => ({ status: 0, text: '' }));
        // The way there is known already, so that it is the browser that finds nobody.
        assert.equal(page.status, 0);
        assert.equal((await here.at.ask('GET', '/v1/meta')).status, 200);
      } finally {
        await here.provider.start();
      }
      assert.equal((await here.signIn('ada')).status, 200);
    });
  });

async function orgOf({ at }: SignInWorld): Promise<number> {
  return (await at.store.organisation({}))?.org ?? 0;
}

/** A browser that is about to come back from the provider, and where to. */
async function callbackOf(here: SignInWorld): Promise<{ url: string; browser: ReturnType<SignInWorld['browser']> }> {
  const browser = here.browser({ stopAt: '/v1/auth/oidc/callback' });
  const { leadsTo = '' } = await browser.open(here.begin().url);
  return { url: leadsTo, browser };
}

describe('a board whose provider is down at its start', function () {
  this.timeout(30_000);
  it('starts, says that nobody can sign in now, and lets people in once the provider is there', async () => {
    const here = await signInWorld({ startsDown: true });
    try {
      const page = await here.browser().open(here.begin().url);
      assert.equal(page.status, 503);
      assert.match(page.text, /cannot be reached/);
      const code = await here.at.ask('POST', '/v1/auth/device', { body: { client } });
      assert.equal(code.status, 200);
      await here.provider.start();
      assert.equal((await here.signIn('ada')).status, 200);
    } finally {
      await here.end();
    }
  });
});

describe('a board without a sign-in', function () {
  this.timeout(30_000);
  it('says so, and knows none of its ways', async () => {
    const here = await signInWorld({ config: undefined, offered: false });
    try {
      assert.equal((await here.at.ask('GET', '/v1/meta')).body.signIn, false);
      const start = await here.at.ask('GET', '/v1/auth/oidc/start?kind=web');
      const device = await here.at.ask('POST', '/v1/auth/device', { body: { client } });
      assert.deepEqual([start.status, device.status, (await here.at.ask('GET', '/device')).status], [404, 404, 404]);
    } finally {
      await here.end();
    }
  });
});
