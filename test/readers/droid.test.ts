import assert from 'node:assert/strict';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quarterMs } from '../../src/usage/tally.ts';
import { type CountedHome, countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';

const session = '5a1c0001-0000-4000-8000-000000000001';
const file = `.factory/sessions/-home-ada-loom/${session}.settings.json`;
const began = Date.UTC(2026, 3, 20, 23, 31, 29);
const seen = Date.UTC(2026, 3, 22, 9, 7);

describe('Droid', () => {
  let usage: CountedHome;

  beforeEach(async () => {
    usage = countedHome(fixtureHome('droid', 'sums'));
    await usage.scan();
  });
  afterEach(() => usage.close());

  async function rewrite(model: string, inputTokens: number, outputTokens: number, at: number): Promise<void> {
    const tokenUsage = { inputTokens, outputTokens, cacheCreationTokens: 1200, cacheReadTokens: 1595840 };
    const settings = { model, providerLockTimestamp: '2026-04-20T23:31:29.449Z', tokenUsage };
    writeFileSync(join(usage.home, file), JSON.stringify(settings));
    utimesSync(join(usage.home, file), at / 1000, at / 1000);
    await usage.scan();
  }

  /** Input and output of the session by the start of their quarter of an hour and their model. */
  function bySight(): Record<string, readonly number[]> {
    const own = usage.tallies().filter((tally) => tally.session === session && !tally.subagent);
    return Object.fromEntries(
      own.map(({ quarter, model, input, output }) => [
        `${new Date(quarter * quarterMs).toISOString()} ${model}`,
        [input, output],
      ]),
    );
  }

  it('books what a session was when it was first seen on its own date', () => {
    const quarter = new Date(Math.floor(began / quarterMs) * quarterMs).toISOString();
    assert.deepEqual(bySight(), { [`${quarter} claude-opus-4-5-20251101`]: [86496, 7416] });
  });

  it('books what is added on the day and for the model with which it is seen', async () => {
    await rewrite('gpt-5.1', 86600, 7500, seen);
    await rewrite('gpt-5.1', 86601, 7501, seen + 60_000);
    assert.deepEqual(bySight(), {
      '2026-04-20T23:30:00.000Z claude-opus-4-5-20251101': [86496, 7416],
      '2026-04-22T09:00:00.000Z gpt-5.1': [105, 85],
    });
  });

  it('takes nothing away when an older copy of the settings comes back', async () => {
    const before = usage.totals();
    await rewrite('claude-opus-4-5-20251101', 10, 10, seen);
    assert.deepEqual(usage.totals(), before);
  });

  it('counts a subagent for the session that called it', () => {
    const called = usage.tallies().filter(({ subagent }) => subagent);
    assert.deepEqual(
      called.map((tally) => [tally.session, tally.model, tally.project]),
      [[session, 'GLM-5.1', '/home/ada/loom']],
    );
  });
});
