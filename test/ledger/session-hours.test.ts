import assert from 'node:assert/strict';
import { sessionBurns, usualHour } from '../../src/ledger/session-hours.ts';
import { newHome, scanHome } from './home.ts';
import { claudeLine, noon } from './log-lines.ts';

const minute = 60_000;
const hour = 60 * minute;

type Request = Parameters<typeof claudeLine>[0];

async function ledgerOf(...requests: readonly Request[]) {
  const home = newHome();
  const lines = requests.map((request, index) => claudeLine({ id: `m${index}`, input: 0, output: 0, ...request }));
  home.write('.claude/projects/p/s.jsonl', lines.join(''));
  const ledger = home.open();
  await scanHome(home, ledger);
  return ledger;
}

describe('what sessions burn', () => {
  it('is weighed by what tokens of each kind cost', async () => {
    const counts = { input: 1000, output: 100, cacheRead: 10_000, cacheWrite5m: 400, cacheWrite1h: 50 };
    const [session] = sessionBurns(await ledgerOf({ time: noon, ...counts }), noon);
    assert.equal(session?.burn, 1000 + 500 + 1000 + 500 + 100);
    assert.equal(session?.tokens, 11_550);
  });

  it('is of a session with its subagents, wherever they work', async () => {
    const ledger = await ledgerOf(
      { time: noon, input: 10, project: '/home/dev/app' },
      { time: noon, input: 30, project: '/home/dev/web', sidechain: true },
      { time: noon, input: 5, session: 'other' },
      { time: noon - hour, input: 1000, session: 'past' },
    );
    assert.deepEqual(
      sessionBurns(ledger, noon).map(({ session, burn, project }) => ({ session, burn, project })),
      [
        { session: 'session-1', burn: 40, project: '/home/dev/web' },
        { session: 'other', burn: 5, project: '/home/dev/app' },
      ],
    );
  });
});

describe('the usual hour of a session', () => {
  it('is a quantile over the hours in which sessions burnt', async () => {
    const requests = Array.from({ length: 20 }, (_, ago) => ({ time: noon - ago * hour, input: 100 + ago }));
    const ledger = await ledgerOf(...requests, { time: noon - 3 * hour + 20 * minute, input: 900 });
    const since = noon - 50 * hour;
    assert.deepEqual(usualHour(ledger, since, noon + hour, 0.95), { hours: 20, burn: 119 });
    assert.deepEqual(usualHour(ledger, since, noon + hour, 1), { hours: 20, burn: 1003 });
    assert.deepEqual(usualHour(ledger, noon - 2 * hour, noon, 1), { hours: 2, burn: 102 });
  });

  it('counts two sessions in one hour as two', async () => {
    const ledger = await ledgerOf({ time: noon, input: 5 }, { time: noon, input: 7, session: 'other' });
    assert.deepEqual(usualHour(ledger, noon, noon + hour, 1), { hours: 2, burn: 7 });
  });

  it('is nothing without history', async () => {
    assert.deepEqual(usualHour(await ledgerOf(), 0, noon, 0.95), { hours: 0, burn: 0 });
  });
});
