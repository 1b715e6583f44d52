import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../src/team/failure.ts';
import { acceptInvitation, openInvitation } from '../../src/team/join.ts';
import { readInvitation } from '../../src/team/link.ts';
import { previewUpload } from '../../src/team/preview.ts';
import type { SignedIn } from '../../src/team/protocol/sign-in.ts';
import { browserSignIn, deviceSignIn, type SignIn } from '../../src/team/sign-in.ts';
import { syncNow } from '../../src/team/sync.ts';
import type { Team } from '../../src/team/team.ts';
import { open, opened, type Person, person } from './person.ts';
import { type SignInBoard, signInBoard } from './sign-in-board.ts';

const back = 'vscode://tokenboard.tokenboard/signed-in?windowId=1';
const dayMs = 86_400_000;

describe('joining a team by its address', function () {
  this.timeout(60_000);
  let here: SignInBoard;
  const people: Person[] = [];
  before(async () => {
    here = await signInBoard();
  });
  afterEach(() => {
    for (const one of people.splice(0)) one.end();
  });
  after(() => here?.end());

  const newPerson = async (settings = {}): Promise<Person> => {
    const one = person({ clock: { now: 0 } }, { now: Date.now, ...settings });
    people.push(one);
    const time = new Date(Date.now() - 2 * dayMs).toISOString();
    if (!('home' in settings)) await one.use('shop/s.jsonl', [{ id: 'a', time, tokens: [10, 20, 30, 0, 0] }]);
    return one;
  };
  const since = new Date(Date.now() - 9 * dayMs).toISOString().slice(0, 10);

  /** As an editor does: the person signs in in a browser, which hands the answer back. */
  const byBrowser: SignIn = async (team, origin, device) => {
    const signIn = browserSignIn(team, origin, back);
    assert.equal(signIn.finish('code=x&state=of-another-window', device), undefined);
    const { leadsTo = '', text } = await here.browser().open(signIn.url);
    const query = (leadsTo || (/href="(vscode:[^"]+)"/.exec(text)?.[1] ?? '')).replaceAll('&amp;', '&').split('?')[1];
    return (await signIn.finish(query ?? '', device)) as Result<SignedIn>;
  };

  async function accept(team: Team, signIn: SignIn | undefined, more = {}) {
    const found = await opened(team, here.board.address);
    assert.ok(found.policy);
    const choices = open(since, more);
    return await acceptInvitation(team, found, choices, await previewUpload(team, found.policy, choices), signIn);
  }

  it('understands an address, typed by a person and in no link of a page', () => {
    for (const typed of ['https://board.example.org', ' board.example.org/ ', 'see https://board.example.org/']) {
      const invitation = readInvitation(typed);
      assert.ok(typeof invitation !== 'string', typed);
      assert.deepEqual([invitation.kind, invitation.origin], ['address', 'https://board.example.org']);
    }
    const wrapped = `vscode://tokenboard.tokenboard/join?link=${encodeURIComponent('https://board.example.org')}`;
    assert.equal(readInvitation(wrapped), 'no_link');
    assert.equal(readInvitation('http://board.example.org'), 'insecure');
    assert.equal(readInvitation('hello'), 'no_link');
  });

  it('asks nobody to sign in before policy, preview and consent, and leaves no trace without a sign-in', async () => {
    const ada = await newPerson();
    const found = await opened(ada.team, here.board.address);
    assert.ok(found.policy);
    const asked: string[] = [];
    const signIn: SignIn = async (_team, origin) => {
      asked.push(origin);
      return { ok: false, failure: { kind: 'cancelled' } };
    };
    const nothing = { ...open(since), visibility: null };
    const preview = await previewUpload(ada.team, found.policy, nothing);
    assert.equal((await acceptInvitation(ada.team, found, nothing, preview, signIn)).kind, 'choices');
    assert.equal((await acceptInvitation(ada.team, found, open(since), null, signIn)).kind, 'preview');
    assert.deepEqual(asked, []);
    const cancelled = await accept(ada.team, signIn);
    assert.deepEqual(cancelled, { kind: 'failure', failure: { kind: 'cancelled' } });
    assert.equal(existsSync(join(ada.home, '.local/share/tokenboard/team')), false);
    here.provider.person = null;
    const refused = await accept(ada.team, byBrowser);
    assert.deepEqual(refused, { kind: 'failure', failure: { kind: 'cancelled' } });
  });

  it('joins by the browser, adds another machine by a code, and signs in again after the session has ended', async () => {
    here.provider.person = 'ada';
    const ada = await newPerson();
    const joined = await accept(ada.team, byBrowser);
    assert.equal(joined.kind, 'joined', JSON.stringify(joined));
    assert.deepEqual(joined.kind === 'joined' && joined.firstSync?.kind, 'synced');

    const second = await newPerson();
    const codes: string[] = [];
    const byCode = deviceSignIn(({ userCode }) => {
      codes.push(userCode);
      void here.allow(userCode);
    });
    const added = await accept(second.team, byCode, { models: false });
    assert.ok(added.kind === 'joined' && joined.kind === 'joined', JSON.stringify(added));
    assert.equal(added.membership.member, joined.membership.member);
    assert.notEqual(added.membership.device, joined.membership.device);
    // What was chosen here was agreed to here, so it holds everywhere.
    assert.equal(added.membership.consent?.models, false);
    assert.equal(codes.length, 1);

    const { origin } = joined.membership;
    await ada.team.tokens.delete(origin);
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'signed_out');
    const found = await opened(ada.team, origin);
    assert.equal(found.signsIn, true);
    const again = await acceptInvitation(ada.team, found, null, null, byBrowser);
    assert.ok(again.kind === 'joined', JSON.stringify(again));
    assert.equal(again.membership.device, joined.membership.device);
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'synced');
  });

  it('forgets a team that has erased the person meanwhile, before anyone joins anew', async () => {
    here.provider.person = 'bob';
    const bob = await newPerson();
    const joined = await accept(bob.team, byBrowser);
    assert.ok(joined.kind === 'joined');
    const { origin, member } = joined.membership;
    await bob.team.tokens.delete(origin);
    await here.board.ask('DELETE', `/v1/admin/members/${member}`);
    const found = await opened(bob.team, origin);
    const refused = await acceptInvitation(bob.team, found, null, null, byBrowser);
    assert.equal(
      refused.kind === 'failure' && refused.failure.kind === 'problem' && refused.failure.problem.code,
      'member_erased',
    );
    assert.equal(bob.team.store.state().membership, null);
  });

  it('says so where a board has no sign-in', async () => {
    const { liveBoard } = await import('./live-board.ts');
    const plain = await liveBoard();
    try {
      const one = await newPerson();
      assert.deepEqual(await openInvitation(one.team, plain.address), { kind: 'no_sign_in' });
    } finally {
      await plain.end();
    }
  });
});
