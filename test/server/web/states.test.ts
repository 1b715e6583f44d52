import assert from 'node:assert/strict';
import { cell, consentOf, type Member, type World, world } from '../http/world.ts';
import { browsing, signedIn, wordsOf } from './browsing.ts';

describe('the pages where there is nothing to show', function () {
  this.timeout(60_000);
  let at: World;
  afterEach(() => at.end());

  async function members(count: number, used = 1_000_000): Promise<Member[]> {
    const all: Member[] = [];
    for (let i = 0; i < count; i++) all.push(await at.join(`Member ${i}`));
    for (const [i, one] of all.entries()) await at.sync(one, [cell({ in: used + i })]);
    return all;
  }
  const words = async (member: Member, path: string): Promise<string> =>
    wordsOf((await (await signedIn(at, member)).get(path)).text);
  const first = (all: readonly Member[]): Member => all[0] ?? at.owner;

  it('say so before the owner has stated what the board is for', async () => {
    at = await world('sqlite', { stated: false });
    assert.match(wordsOf((await browsing(at).get('/')).text), /has not stated what the board is for/);
    assert.match(wordsOf((await browsing(at).get('/sign-in')).text), /Sign in to the board/);
    assert.match(await words(at.owner, '/us'), /You share nothing at present/);
    assert.match(await words(at.owner, '/me'), /The server has no figures of yours yet/);
    assert.match(await words(at.owner, '/insights'), /You share nothing at present|Waiting/);
  });

  it('wait for the first snapshot with one’s own figure', async () => {
    at = await world('sqlite');
    const [ann] = await members(1);
    assert.ok(ann);
    await at.sync(ann, [cell({ day: '2026-11-20', rev: 2 })]);
    const us = await words(ann, '/us');
    assert.match(us, /Waiting for the first snapshot It comes shortly after midnight UTC/);
    assert.match(us, /Until then nobody sees anything of you, and you see nothing of others/);
    assert.match(await words(ann, '/ranking'), /Waiting for the first snapshot/);
  });

  it('tell no sum about too few, and why', async () => {
    at = await world('sqlite');
    const all = await members(3);
    await at.tomorrow(...all);
    const us = await words(first(all), '/us');
    assert.match(us, /Total withheld: fewer than 5 members/);
    assert.match(us, /The distribution is shown once there are enough members/);
    assert.match(us, /Your fresh tokens 1M 1,000,000 exactly/);
  });

  it('name nobody in quiet mode', async () => {
    at = await world('sqlite');
    await at.state({ quiet: true });
    const all: Member[] = [];
    for (let i = 0; i < 6; i++) all.push(await at.join(`Member ${i}`, { visibility: 'pseudonym' }));
    for (const [i, one] of all.entries()) await at.sync(one, [cell({ in: 1_000_000 + i })]);
    await at.tomorrow(...all);
    const ranking = await words(first(all), '/ranking');
    assert.match(ranking, /Quiet mode: no names, for anyone\. You are at or above/);
    assert.doesNotMatch(ranking, /Member [1-5]\b/);
    const mine = await words(first(all), '/me');
    assert.doesNotMatch(mine, /By name/);
    const browser = await signedIn(at, first(all));
    const { location } = await browser.send('/me/appear', { visibility: 'named', name: 'Me' });
    assert.equal(location, '/me?said=names_forbidden');
  });

  it('show the owner’s notice alone while the board is closed', async () => {
    at = await world('sqlite');
    const all = await members(6);
    await at.tomorrow(...all);
    const browser = await signedIn(at, first(all));
    assert.match(wordsOf((await browser.get('/ranking')).text), /Member 5/);
    await at.ask('POST', '/v1/admin/close', {
      token: at.owner.tokens.accessToken,
      body: { notice: 'We stop, with thanks.', erase: false },
    });
    for (const path of ['/us', '/ranking', '/us?metric=tokens']) {
      const closed = wordsOf((await browser.get(path)).text);
      assert.match(closed, /Acme has closed its board We stop, with thanks\./, path);
      assert.doesNotMatch(closed, /Member [1-5]\b|1,000,00/, path);
    }
    assert.match(wordsOf((await browsing(at).get('/')).text), /We stop, with thanks\./);
    assert.equal((await browser.send('/me/export')).status, 200);
    assert.equal((await browser.send('/me/leave')).location, '/left');
  });

  it('ask again when the policy has changed, and show nothing before', async () => {
    at = await world('sqlite');
    const all = await members(6);
    await at.tomorrow(...all);
    const browser = await signedIn(at, first(all));
    await at.state({ purpose: 'Something else' });
    for (const path of ['/us', '/ranking', '/me']) {
      const asked = wordsOf((await browser.get(path)).text);
      assert.match(asked, /The policy has changed/, path);
      assert.doesNotMatch(asked, /Member 5/, path);
    }
    assert.match(wordsOf((await browser.get('/policy')).text), /Something else/);
    await at.ask('PUT', '/v1/consent', {
      token: first(all).tokens.accessToken,
      body: consentOf(at.policy, 'Member 0'),
    });
    assert.doesNotMatch(wordsOf((await browser.get('/us')).text), /The policy has changed/);
  });
});
