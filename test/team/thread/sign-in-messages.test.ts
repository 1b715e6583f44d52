import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { signInMessages } from '../../../src/team/thread/sign-in-messages.ts';
import type { FromTeamThread } from '../../../src/team/thread/thread-protocol.ts';
import { type Person, person } from '../person.ts';
import { type SignInBoard, signInBoard } from '../sign-in-board.ts';

const redirect = 'vscode://tokenboard.tokenboard/signed-in?windowId=3';

describe('a sign-in between a window and its browser', function () {
  this.timeout(60_000);
  let here: SignInBoard;
  let ada: Person;
  before(async () => {
    here = await signInBoard();
    ada = person({ clock: { now: 0 } }, { now: Date.now });
  });
  after(async () => {
    ada?.end();
    await here?.end();
  });

  type Opened = NonNullable<Extract<FromTeamThread, { kind: 'signIn' }>['open']>;
  /** A window that keeps what it is told, and does with a page what `act` says. */
  function window(act: (open: Opened, take: (query: string | null) => void) => void) {
    const told: (Opened | null)[] = [];
    const messages = signInMessages((message) => {
      if (message.kind !== 'signIn') return;
      told.push(message.open);
      if (message.open !== null) act(message.open, (query) => messages.take({ kind: 'signedIn', query }));
    });
    const signIn = () => messages.signIn(ada.team, here.board.address, randomUUID());
    return { told, messages, signIn };
  }

  it('takes the answer to its own question, whatever else is handed over before', async () => {
    const { told, messages, signIn } = window(async ({ url }, take) => {
      take('code=made-up&state=of-another-window-1');
      take('');
      const { leadsTo = '' } = await here.browser().open(url);
      take(leadsTo.split('?')[1] ?? '');
    });
    messages.take({ kind: 'redirect', redirect });
    const answer = await signIn();
    assert.ok(answer.ok && answer.value.ticket !== null, JSON.stringify(answer));
    assert.deepEqual([told.length, told[0]?.code, told[1]], [2, undefined, null]);
    // Nobody waits for it any more.
    messages.take({ kind: 'signedIn', query: 'code=x&state=y' });
  });

  it('shows a code where no browser can hand anything to the window', async () => {
    for (const back of [undefined, 'https://editor.example.org/callback', 'other://tokenboard.tokenboard/signed-in']) {
      const { messages, signIn } = window(({ code }, take) => {
        assert.match(code ?? '', /^[B-Z]{4}-[B-Z]{4}$/);
        take(null);
      });
      messages.take({ kind: 'redirect', redirect: back });
      assert.deepEqual(await signIn(), { ok: false, failure: { kind: 'cancelled' } });
    }
  });

  it('ends with a no of the person’s, and gives up the first of two', async () => {
    const { told, messages, signIn } = window(() => undefined);
    messages.take({ kind: 'redirect', redirect });
    const first = signIn();
    const second = signIn();
    assert.deepEqual(await first, { ok: false, failure: { kind: 'cancelled' } });
    messages.take({ kind: 'signedIn', query: null });
    assert.deepEqual(await second, { ok: false, failure: { kind: 'cancelled' } });
    assert.equal(told.filter((open) => open === null).length, 1);
  });
});
