import assert from 'node:assert/strict';
import { type Answer, cell, type Member } from '../http/world.ts';
import { board, codeOf, type SignInWorld, signInWorld } from './sign-in-world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

for (const kind of ['sqlite', 'postgres'] as const)
  describe(`asking the provider again on ${kind}`, function () {
    this.timeout(90_000);
    let here: SignInWorld;
    const open = async (options: Parameters<typeof signInWorld>[0] = {}) => {
      here = await signInWorld({ kind, ...options });
    };
    afterEach(() => here.end());

    const refresh = async (member: Member): Promise<Answer> => {
      const body = { refreshToken: member.tokens.refreshToken };
      const answer = await here.at.ask('POST', '/v1/auth/refresh', { body });
      if (answer.status === 200) member.tokens = answer.body;
      return answer;
    };
    const exists = async ({ id }: Member): Promise<boolean> =>
      (await here.at.database.rows(`SELECT member FROM member WHERE member = ${id}`)).length > 0;
    /** The provider's last word on everyone becomes so much older, as the test's clock must not leave the provider's. */
    const age = async (ms: number): Promise<void> => {
      await here.at.database.rows(`UPDATE identity SET checked_at = checked_at - ${ms}, lease_until = 0`);
    };
    const absent = async (ms: number): Promise<void> => {
      await here.at.database.rows(`UPDATE identity SET leaves_at = leaves_at - ${ms}`);
    };

    it('rule 22: whoever leaves the organisation is signed out and off the boards within a minute, and erased', async () => {
      await open();
      const names = ['ada', 'bob', 'cleo', 'dora', 'egon', 'fred'];
      const members: Member[] = [];
      for (const sub of names) {
        here.provider.accounts.set(sub, { sub, email: `${sub}@example.org` });
        members.push(await here.join(sub));
      }
      const [ada, bob] = members;
      assert.ok(ada && bob);
      const yesterday = new Date(here.at.clock.now - dayMs).toISOString().slice(0, 10);
      await here.at.database.rows('UPDATE member SET joined_day = joined_day - 7');
      for (const member of members) await here.at.sync(member, [cell({ day: yesterday })]);
      // The server looks by itself as well, and may have published today's board before all was in.
      do {
        await here.at.database.rows(`UPDATE snapshot SET built_at = built_at - ${dayMs}`);
        await here.at.server.leader.work();
      } while ((await here.at.database.rows('SELECT member FROM snapshot_row')).length === 0);
      const listed = async () => (await here.at.board(bob)).rows.map(({ name }) => name);
      assert.ok((await listed()).includes('ada'));

      const account = here.provider.accounts.get('ada');
      assert.ok(account);
      account.disabled = true;
      const refused = await refresh(ada);
      assert.deepEqual([refused.status, refused.body.code], [401, 'token_invalid']);
      here.at.clock.now += minuteMs;
      assert.equal((await here.at.ask('GET', '/v1/me', { token: ada.tokens.accessToken })).status, 401);
      assert.ok(!(await listed()).includes('ada'));
      assert.equal((await refresh(ada)).status, 401);
      // For a week the person could sign in again; then all is erased.
      await absent(7 * dayMs - 2 * minuteMs);
      await here.at.server.membership.work();
      assert.equal(await exists(ada), true);
      await absent(2 * minuteMs);
      await here.at.server.membership.work();
      assert.equal(await exists(ada), false);
      assert.deepEqual(await here.at.database.rows(`SELECT * FROM identity WHERE member = ${ada.id}`), []);
      assert.equal((await refresh(bob)).status, 200);
    });

    it('erases within a day whom the provider’s own word excludes, by domain or by group', async () => {
      await open({ config: { groups: ['makers', 'CN=Board,OU=Groups'], adminGroup: 'heads' } });
      const person = (sub: string, groups: readonly string[]) =>
        here.provider.accounts.set(sub, { sub, email: `${sub}@example.org`, groups });
      person('ada', ['makers', 'heads']);
      person('bob', ['x', 'CN=Board,OU=Groups']);
      person('cleo', ['others']);
      const [ada, bob] = [await here.join('ada'), await here.join('bob')];
      here.provider.person = 'cleo';
      assert.equal((await here.browser().open(here.begin().url)).status, 403);
      const roleOf = async (member: Member) =>
        (await here.at.ask('GET', '/v1/me', { token: member.tokens.accessToken })).body.role;
      assert.deepEqual([await roleOf(ada), await roleOf(bob)], ['admin', 'member']);

      person('ada', ['makers']);
      person('bob', ['x', 'heads']);
      assert.equal((await refresh(ada)).status, 200);
      assert.equal(await roleOf(ada), 'member');
      assert.equal((await refresh(bob)).status, 401);
      here.provider.accounts.set('ada', { sub: 'ada', email: 'ada@elsewhere.example', groups: ['makers'] });
      assert.equal((await refresh(ada)).status, 401);
      await absent(dayMs - minuteMs);
      await here.at.server.membership.work();
      assert.deepEqual([await exists(ada), await exists(bob)], [true, true]);
      await absent(minuteMs);
      await here.at.server.membership.work();
      assert.deepEqual([await exists(ada), await exists(bob)], [false, false]);
      assert.equal((await refresh(bob)).status, 401);
    });

    it('lets back in who signs in again in time, with consent and place as before', async () => {
      await open();
      const ada = await here.join('ada');
      const account = here.provider.accounts.get('ada');
      assert.ok(account);
      account.disabled = true;
      await refresh(ada);
      account.disabled = false;
      const { body } = await here.signIn('ada', ada.uuid);
      assert.deepEqual([body.member.member, body.member.device], [ada.id, ada.device]);
      const me = await here.at.ask('GET', '/v1/me', { token: body.member.tokens.accessToken });
      assert.deepEqual([me.body.consentRequired, me.body.consent.displayName], [false, 'ada']);
      await absent(30 * dayMs);
      await here.at.server.membership.work();
      assert.equal(await exists(ada), true);
    });

    it('asks daily about those whose editors are closed', async () => {
      await open();
      const [ada, bob] = [await here.join('ada'), await here.join('bob')];
      here.provider.accounts.delete('ada');
      const renewals = here.provider.renewals();
      await here.at.server.membership.work();
      assert.equal(here.provider.renewals(), renewals);
      await age(20 * hourMs);
      await here.at.server.membership.work();
      here.at.clock.now += 1000;
      assert.equal(here.provider.renewals(), renewals + 1);
      const statuses = [ada, bob].map(async ({ tokens }) => {
        return (await here.at.ask('GET', '/v1/me', { token: tokens.accessToken })).status;
      });
      assert.deepEqual(await Promise.all(statuses), [401, 200]);
    });

    it('asks once for many who renew at once, as a spent token of the provider’s would end them all', async () => {
      await open();
      const ada = await here.join('ada');
      const families = await Promise.all(
        Array.from({ length: 6 }, async () => {
          const body = { client: { kind: 'command', version: '1' } };
          return (await here.at.ask('POST', '/v1/auth/token', { body, token: ada.tokens.accessToken })).body;
        }),
      );
      for (let round = 1; round <= 2; round++) {
        here.at.clock.now += 2 * minuteMs;
        const renewals = here.provider.renewals();
        const answers = await Promise.all(
          families.map(({ refreshToken }) => here.at.ask('POST', '/v1/auth/refresh', { body: { refreshToken } })),
        );
        assert.deepEqual(
          answers.map(({ status }) => status),
          Array<number>(6).fill(200),
        );
        assert.ok(here.provider.renewals() > renewals);
        for (const [index, { body }] of answers.entries()) families[index] = body;
      }
    });

    it('does without a provider that is down for the time of grace, and then waits without ending anything', async () => {
      await open();
      const ada = await here.join('ada');
      await here.provider.stop();
      assert.equal((await refresh(ada)).status, 200);
      await age(71 * hourMs);
      assert.equal((await refresh(ada)).status, 200);
      await age(hourMs);
      const waits = await refresh(ada);
      assert.deepEqual([waits.status, waits.body.code, waits.headers.get('retry-after')], [503, 'unavailable', '60']);
      await here.at.server.membership.work();
      assert.equal(await exists(ada), true);
      await here.provider.start();
      here.at.clock.now += 2 * minuteMs;
      assert.equal((await refresh(ada)).status, 200);
    });

    it('asks for a daily sign-in where the provider gives no refresh token', async () => {
      await open({ refreshTokens: false });
      const ada = await here.join('ada');
      await age(23 * hourMs);
      assert.equal((await refresh(ada)).status, 200);
      await age(hourMs);
      assert.equal((await refresh(ada)).status, 401);
      assert.equal((await here.signIn('ada', ada.uuid)).body.member.member, ada.id);
    });

    it('leaves alone who joined by an invite, and takes a browser’s session with the rest', async () => {
      await open();
      const [guest, ada] = [await here.at.join('Guest'), await here.join('ada')];
      const browser = here.browser();
      await browser.open(`${board}/v1/auth/oidc/start?kind=web`);
      here.provider.accounts.clear();
      assert.equal((await refresh(guest)).status, 200);
      assert.equal((await refresh(ada)).status, 401);
      const web = await here.at.database.rows(`SELECT * FROM family WHERE member = ${ada.id}`);
      assert.deepEqual(web, []);
    });

    it('erases an account whose member leaves, and knows the person no more', async () => {
      await open();
      const ada = await here.join('ada');
      assert.equal((await here.at.ask('DELETE', '/v1/me', { token: ada.tokens.accessToken })).status, 204);
      assert.deepEqual(await here.at.database.rows('SELECT * FROM identity'), []);
      const { url, verifier } = here.begin();
      const { body } = await here.exchange(codeOf(await here.browser().open(url)), verifier);
      assert.equal(body.member, null);
    });
  });
