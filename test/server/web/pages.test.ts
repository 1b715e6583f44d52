import assert from 'node:assert/strict';
import { cell, type Member, type World, world } from '../http/world.ts';
import { browsing, signedIn, tokenIn, wordsOf } from './browsing.ts';

const evil = '<script>alert("1")</script><img src=x onerror=\'alert(1)\'>&amp;';

for (const kind of ['sqlite', 'postgres'] as const)
  describe(`the pages at / on ${kind}`, function () {
    this.timeout(60_000);
    let at: World;
    let people: Member[];
    let team: number;
    let other: number;
    const person = (i: number): Member => people[i] ?? at.owner;

    before(async () => {
      at = await world(kind);
      const token = at.owner.tokens.accessToken;
      team = (await at.ask('POST', '/v1/teams', { token, body: { name: 'Crew' } })).body.id;
      other = (await at.ask('POST', '/v1/teams', { token, body: { name: 'Others' } })).body.id;
      people = [];
      for (let i = 0; i < 14; i++) {
        const visibility = i === 3 ? 'pseudonym' : i === 5 ? 'aggregate' : 'named';
        const invite = await at.invite({ team: i < 7 ? team : other, teamRole: i === 1 ? 'owner' : 'member' });
        people.push(await at.join(`Person ${String.fromCharCode(65 + i)}`, { visibility }, invite));
      }
      for (const [i, one] of people.entries()) await at.sync(one, [cell({ in: 1_234_567 * (i + 5), cr: 7_654_321 })]);
      await at.tomorrow(...people);
    });
    after(() => at.end());

    it('says to anyone what the board is, and nothing else', async () => {
      const browser = browsing(at);
      const { status, text } = await browser.get('/');
      assert.equal(status, 200);
      const words = wordsOf(text);
      for (const part of ['Acme’s token board', 'Learn from each other', 'Sign in', at.policy.sha256]) {
        assert.ok(words.includes(part), part);
      }
      for (const paragraph of at.policy.text.split('\n\n')) assert.ok(words.includes(paragraph), paragraph);
      for (const path of ['/us', '/ranking', '/insights', '/me', '/me/leave']) {
        const answer = await browser.get(path);
        assert.deepEqual([answer.status, answer.location, answer.text], [303, '/sign-in', ''], path);
      }
    });

    it('lets no page run or load anything but its own, be framed, kept, or tell where one was', async () => {
      const browser = await signedIn(at, person(0));
      for (const path of ['/policy', '/us', '/ranking', '/me', '/me/leave', '/join-first', '/left', '/us?board=x']) {
        const { headers, text } = await browser.get(path);
        const policy = headers.get('content-security-policy') ?? '';
        assert.equal(
          policy,
          "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          path,
        );
        assert.equal(headers.get('cache-control'), 'no-store', path);
        assert.equal(headers.get('referrer-policy'), 'same-origin', path);
        assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
        assert.equal(headers.get('etag'), null, path);
        assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{7}/);
        assert.doesNotMatch(
          text,
          /<style|<script(?! src="\/assets\/web\.js\?v=[\w-]{12}" defer><\/script>)| style=| on\w+=/,
        );
      }
      const css = /\/assets\/web\.css\?v=[\w-]{12}/.exec((await browser.get('/me')).text)?.[0] ?? '';
      const first = await browser.get(css);
      assert.match(first.headers.get('cache-control') ?? '', /immutable/);
      const etag = first.headers.get('etag') ?? '';
      assert.equal((await browser.get(css, { 'if-none-match': etag })).status, 304);
      assert.equal((await browser.get('/assets/web.css?v=other')).headers.get('cache-control'), 'no-cache');
    });

    it('shows of others what the API shows: three digits, pseudonyms, nobody who is in totals only', async () => {
      const browser = await signedIn(at, person(0));
      const { text } = await browser.get('/ranking?all=1');
      const { rows } = await at.board(person(0));
      const words = wordsOf(text);
      const listed = [...text.matchAll(/<span class="name">([^<]*)<\/span>/g)].map(([, name]) => name);
      assert.deepEqual(
        listed,
        rows.map(({ name }) => name),
      );
      assert.equal(rows.length, 13);
      assert.ok(!words.includes('Person D') && !words.includes('Person F'));
      assert.ok(words.includes('6,172,835 exactly'), 'one’s own is exact');
      for (const [i] of people.entries()) {
        if (i > 0) assert.ok(!words.includes((1_234_567 * (i + 5)).toLocaleString('en-US')), `${i}`);
      }
      const aggregate = await signedIn(at, person(5));
      const own = wordsOf((await aggregate.get('/ranking')).text);
      assert.ok(own.includes('in totals only: nobody else sees this row'));
      const pseudonymous = await signedIn(at, person(3));
      const name = rows.find(({ named }) => !named)?.name ?? '';
      assert.match(wordsOf((await pseudonymous.get('/us')).text), new RegExp(`You appear as ${name} , by pseudonym`));
      const mark = /<pattern[\s\S]*?<\/pattern>/.exec((await pseudonymous.get('/us')).text)?.[0] ?? '';
      assert.ok(mark.includes(`${name} · 21 Nov 2026`));
    });

    it('shows no more rows than the policy has', async () => {
      const own = await world(kind);
      try {
        await own.state({ topN: 3 });
        const members: Member[] = [];
        for (let i = 0; i < 6; i++) members.push(await own.join(`Member ${i}`));
        for (const [i, one] of members.entries()) await own.sync(one, [cell({ in: 1_000_000 * (i + 1) })]);
        await own.tomorrow(...members);
        const [first] = members;
        assert.ok(first);
        const words = wordsOf((await (await signedIn(own, first)).get('/ranking?all=1')).text);
        for (const shown of ['Member 5', 'Member 4', 'Member 3', 'Member 0 you', 'only you see this row']) {
          assert.ok(words.includes(shown), shown);
        }
        assert.ok(!words.includes('Member 1') && !words.includes('Member 2'));
      } finally {
        await own.end();
      }
    });

    it('writes a look down once a viewer and snapshot, with the API’s', async () => {
      const looks = async (): Promise<number> =>
        (await at.ask('GET', '/v1/me/views', { token: person(9).tokens.accessToken })).body.total;
      const browser = await signedIn(at, person(10));
      const before = await looks();
      for (const path of ['/us', '/ranking', '/ranking?all=1', '/us?metric=fresh']) await browser.get(path);
      assert.equal((await looks()) - before, 1);
      await at.board(person(10));
      assert.equal((await looks()) - before, 1);
      await browser.get('/us?metric=tokens');
      assert.equal((await looks()) - before, 2);
      assert.match(wordsOf((await (await signedIn(at, person(9))).get('/me')).text), /You were looked at/);
    });

    it('has no other team’s board, and says so as for one that is not there', async () => {
      const browser = await signedIn(at, person(0));
      assert.match(wordsOf((await browser.get(`/us?board=${team}`)).text), /Crew together/);
      for (const wrong of [other, 12345, 'x', '0x0', '']) {
        const { status, text } = await browser.get(`/us?board=${wrong}`);
        assert.equal(status, 404, String(wrong));
        assert.match(text, /There is no such page/);
      }
      const odd = await browser.get('/us?metric=<script>&window=%00&metric=cost&board=0&board=0');
      assert.equal(odd.status, 200);
    });

    it('shows insights to those who run a group, and to nobody else', async () => {
      const leader = await signedIn(at, person(1));
      const page = await leader.get('/insights');
      assert.equal(page.status, 200, page.text);
      assert.match(page.text, /Insights: Crew/);
      assert.equal((await leader.get(`/insights?team=${other}`)).status, 404);
      assert.equal((await leader.get('/insights?team=0')).status, 404);
      const member = await signedIn(at, person(0));
      assert.equal((await member.get('/insights')).status, 404);
      assert.ok(!(await member.get('/us')).text.includes('/insights'));
    });

    it('changes as what one stands, hides, and renews a pseudonym, at once on every board', async () => {
      const browser = await signedIn(at, person(6));
      const said = async (path: string, fields: Record<string, string>): Promise<string> => {
        const { status, location = '' } = await browser.send(path, fields);
        assert.equal(status, 303);
        return wordsOf((await browser.get(location)).text);
      };
      assert.match(await said('/me/appear', { visibility: 'named', name: '\u200b' }), /enter one that can be seen/);
      assert.match(await said('/me/appear', { visibility: 'named', name: '' }), /enter one that can be seen/);
      assert.match(
        await said('/me/appear', { visibility: 'pseudonym', name: 'Gregor', [`board-${team}`]: 'named' }),
        /Saved\. It holds at once/,
      );
      const me = async () => (await at.ask('GET', '/v1/me', { token: person(6).tokens.accessToken })).body.consent;
      const { visibility, boards, displayName, models, badges } = await me();
      assert.deepEqual([visibility, displayName, models, badges], ['pseudonym', 'Gregor', true, true]);
      assert.deepEqual(
        new Map(boards.map((one: { board: number; visibility: string }) => [one.board, one.visibility])),
        new Map([
          [0, 'pseudonym'],
          [team, 'named'],
        ]),
      );
      const names = async () => (await at.board(person(0))).rows.map(({ name }) => name);
      at.clock.now += 1000;
      assert.ok(!(await names()).includes('Person G'), 'gone until the next snapshot has the new name');
      assert.match(await said('/me/pseudonym', { board: '0' }), /You have a new pseudonym/);
      assert.match(await said('/me/hide', {}), /You are off every board/);
      assert.equal((await me()).visibility, 'aggregate');
      assert.equal(
        (await me()).boards.every((one: { visibility: string }) => one.visibility === 'aggregate'),
        true,
      );
      const wrong = await browser.send('/me/appear', { visibility: 'all' });
      assert.equal(wrong.status, 422);
      assert.match(await said('/me/devices/remove', { device: '77' }), /There is no such thing any more/);
    });

    it('shows and exports all that is kept about oneself', async () => {
      const ann = person(7);
      const browser = await signedIn(at, ann);
      const words = wordsOf((await browser.get('/me')).text);
      for (const part of ['14,814,804', '7,654,321', 'Machine added 20 Nov 2026', 'agreed 20 Nov 2026']) {
        assert.ok(words.includes(part), part);
      }
      const { status, headers, text } = await browser.send('/me/export');
      assert.equal(status, 200);
      assert.equal(headers.get('content-disposition'), 'attachment; filename="tokenboard-export.json"');
      assert.equal(headers.get('cache-control'), 'no-store');
      const { body } = await at.ask('GET', '/v1/me/export', { token: ann.tokens.accessToken });
      const told = JSON.parse(text);
      assert.deepEqual([told.me.member, told.cells, told.days], [ann.id, body.cells, body.days]);
    });

    it('stops sharing, and then says what is missing instead of a board', async () => {
      const hal = person(12);
      const browser = await signedIn(at, hal);
      assert.equal((await browser.send('/me/stop')).location, '/me?said=stopped');
      for (const path of ['/us', '/ranking']) {
        assert.match(wordsOf((await browser.get(path)).text), /You share nothing at present/, path);
      }
      const sync = await at.sync(hal, [cell({ rev: 2 })]);
      assert.deepEqual([sync.status, sync.body.code], [403, 'consent_required']);
      assert.equal((await browser.send('/me/hide')).location, '/me');
    });

    it('erases everything about whoever leaves, after one question', async () => {
      const ian = person(13);
      const browser = await signedIn(at, ian);
      const asked = await browser.get('/me/leave');
      assert.match(wordsOf(asked.text), /Leave Acme\?.*Leave and erase everything about me Stay/);
      const { status, location } = await browser.post('/me/leave', { form: tokenIn(asked.text) });
      assert.deepEqual([status, location, browser.cookies.size], [303, '/left', 0]);
      assert.match((await browser.get('/left')).text, /You have left/);
      assert.equal(await at.store.member({ org: (await at.store.organisation({}))?.org ?? 0, member: ian.id }), null);
      assert.equal((await at.ask('GET', '/v1/me', { token: ian.tokens.accessToken })).status, 410);
      at.clock.now += 1000;
      assert.ok(!(await at.board(person(0))).rows.some(({ name }) => name === 'Person N'));
      const owner = await signedIn(at, at.owner);
      const last = await owner.send('/me/leave');
      assert.equal(last.location, '/me/leave?said=last_owner');
      assert.match(wordsOf((await owner.get('/me/leave?said=last_owner')).text), /You are the last owner/);
    });

    it('shows texts of people as texts, wherever they stand', async () => {
      const own = await world(kind);
      try {
        const token = own.owner.tokens.accessToken;
        await own.state({
          organisation: `Org${evil}`,
          purpose: `For${evil}`,
          worksAgreement: `Under${evil}`,
          contact: 'javascript:alert(1)',
        });
        const crew = (await own.ask('POST', '/v1/teams', { token, body: { name: evil.slice(0, 38) } })).body.id;
        const members: Member[] = [];
        for (let i = 0; i < 6; i++)
          members.push(
            await own.join(`<b>${i}</b>"'><svg onload=1>`, {}, await own.invite({ team: crew, teamRole: 'owner' })),
          );
        for (const [i, one] of members.entries()) {
          await own.sync(one, [cell({ in: 1_000_000 + i })], { badges: ['cache-wizard-gold', 'no-such-badge'] });
        }
        await own.tomorrow(...members);
        const [first] = members;
        assert.ok(first);
        const reason = `because${evil}`;
        const { org } = (await own.store.organisation({})) ?? { org: 0 };
        const flag = { reason, since: own.clock.now, until: own.clock.now + 86_400_000 };
        const by = { member: null, role: null };
        await own.store.changeMember({ org, member: first.id, flag, by, reason, now: own.clock.now });
        const browser = await signedIn(own, first);
        const paths = [
          '/',
          '/policy',
          '/sign-in',
          '/us',
          `/us?board=${crew}`,
          '/ranking',
          '/me',
          '/me/leave',
          '/insights',
        ];
        const all: string[] = [];
        for (const path of paths) all.push((await browser.get(path)).text);
        all.push((await browsing(own).get('/')).text, (await browsing(own).get('/sign-in')).text);
        const closing = await own.ask('POST', '/v1/admin/close', {
          token: own.owner.tokens.accessToken,
          body: { notice: `closed${evil}`, erase: false },
        });
        assert.equal(closing.status, 204, closing.text);
        for (const path of ['/us', '/ranking', '/me', '/policy']) all.push((await browser.get(path)).text);
        all.push((await browsing(own).get('/')).text);
        for (const text of all)
          assert.doesNotMatch(text, /<script>|<img|<b>|<svg onload|href="javascript|&amp;amp;amp;/);
        const words = all.map(wordsOf).join(' ');
        for (const part of [
          `Org${evil}`,
          `For${evil}`,
          'javascript:alert(1)',
          '<b>3</b>"\'><svg onload=1>',
          `closed${evil}`,
          `because${evil}`,
        ]) {
          assert.ok(words.includes(part), part);
        }
      } finally {
        await own.end();
      }
    });
  });
