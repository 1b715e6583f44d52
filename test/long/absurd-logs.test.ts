import assert from 'node:assert/strict';
import { openLedger } from '../../src/ledger/ledger.ts';
import { tallies } from '../../src/ledger/tallies.ts';
import { readers } from '../../src/readers/index.ts';
import { report } from '../../src/stats/report.ts';
import { zoneOf } from '../../src/usage/days.ts';
import { totals } from '../ledger/contents.ts';
import { newHome, scanHome } from '../ledger/home.ts';
import { claudeLine, claudeRecord } from '../ledger/log-lines.ts';

const log = '.claude/projects/-home-dev-app/session-1.jsonl';

/** Counts these lines and one sound request; gives the requests and tokens of the model of the sound one. */
async function counted(lines: readonly string[]): Promise<{ events: number; output: number }> {
  const home = newHome();
  home.write(log, lines.join(''));
  home.write(log.replace('session-1', 'session-2'), claudeLine({ id: 'sound', model: 'claude-opus-4-6', output: 7 }));
  // A second scan finds what the first has left behind.
  for (let time = 0; time < 2; time++) {
    const ledger = openLedger(home.machine);
    try {
      const { problems } = await scanHome(home, ledger, {}, readers);
      assert.deepEqual(problems, []);
      const made = report(tallies(ledger), { by: ['day', 'model', 'session'], zone: zoneOf('UTC') });
      assert.equal(made.totals.events, totals(ledger).events);
    } finally {
      ledger.close();
    }
  }
  const ledger = home.open();
  const found = tallies(ledger).filter(({ model }) => model === 'claude-opus-4-6');
  return { events: found.length, output: found.reduce((sum, { output }) => sum + output, 0) };
}

function withValue(record: unknown, name: string, value: string): string {
  return `${JSON.stringify(record).replace(new RegExp(`"${name}":("[^"]*"|\\d+)`), () => `"${name}":${value}`)}\n`;
}

describe('an absurd line', function () {
  this.timeout(30_000);

  for (const date of [
    '1e300',
    '1e25',
    '-1e300',
    '1e999',
    '"+275760-09-13T00:00:00.000Z"',
    '"1970-01-01T00:00Z"',
    '0',
  ]) {
    it(`of the date ${date} does not stop the counting`, async () => {
      assert.deepEqual(await counted([withValue(claudeRecord(), 'timestamp', date)]), { events: 1, output: 7 });
    });
  }

  for (const nested of [
    '['.repeat(20_000) + ']'.repeat(20_000),
    `${'{"message":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  ]) {
    it(`with 20,000 levels of ${nested.slice(0, 10)} takes no other line with it`, async () => {
      const line = `{"type":"assistant","input_tokens":1,"message":${nested}}\n`;
      const behind = claudeLine({ id: 'behind', model: 'claude-opus-4-6', output: 5 });
      assert.equal((await counted([line, behind])).output, 12);
    });
  }

  for (const letters of ['/', '-', ' ', '.', '9', 'a.', '-v1:0', '@', '-2025-01-01', 'us.', '-high', '[1m]']) {
    it(`with 200,000 times ${JSON.stringify(letters)} for a model's name does not take long`, async () => {
      const began = performance.now();
      const model = `claude${letters.repeat(Math.ceil(200_000 / letters.length))}x`;
      const other = `gpt-5${letters.repeat(Math.ceil(200_000 / letters.length))}x`;
      const lines = [claudeLine({ id: 'long', model }), claudeLine({ id: 'other', model: other })];
      assert.equal((await counted(lines)).events, 1);
      const ms = performance.now() - began;
      assert.ok(ms < 3000, `it took ${Math.round(ms)} ms`);
    });
  }

  it('of as many tokens as can be, often, leaves the sums exact or says so', async () => {
    const most = { input: 1e10, output: 1e10, cacheRead: 1e10, model: 'claude-opus-4-1' };
    const lines = Array.from({ length: 3000 }, (_, index) => claudeLine({ ...most, id: `most_${index}` }));
    assert.deepEqual(await counted(lines), { events: 1, output: 7 });
  });
});
