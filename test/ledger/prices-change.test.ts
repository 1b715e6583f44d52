import assert from 'node:assert/strict';
import { contents, totals, totalsOfRequests } from './contents.ts';
import { newHome, scanHome } from './home.ts';
import { claudeLine, noon } from './log-lines.ts';

describe('when prices change', () => {
  it('all requests are priced anew, also those whose logs are gone, and unpriced ones may get a price', async () => {
    const home = newHome();
    const lines = Array.from({ length: 50 }, (_, i) =>
      claudeLine({ id: `m${i}`, time: noon + i * 600_000, model: i % 5 === 0 ? 'nobody-knows-me' : 'claude-opus-4-6' }),
    );
    home.write('.claude/projects/p/s.jsonl', lines.join(''));
    const ledger = home.open();
    await scanHome(home, ledger);
    const right = contents(ledger);
    const { costNanoUSD, unpricedTokens } = totals(ledger);
    assert.ok(costNanoUSD > 0);
    assert.equal(unpricedTokens, 1000);
    home.remove('.claude');

    // As if the requests had been priced by another table: some higher, some unpriced, an unknown model priced.
    const { database } = ledger;
    database.exec(`
      UPDATE event SET cost = CASE WHEN cost IS NULL THEN 5 WHEN time % 1800000 = 0 THEN NULL ELSE cost + 1000 END;
      UPDATE meta SET value = 'older' WHERE name = 'prices';`);
    for (const [table, origin] of [
      ['tally', 'AND event.origin = tally.origin'],
      ['model_tally', ''],
    ] as const) {
      const sum = (of: string) =>
        `(SELECT total(${of}) FROM event WHERE time / 900000 = quarter AND event.series = ${table}.series ${origin})`;
      const all = 'event.input + event.output + event.cache_read + event.cache_write_5m + event.cache_write_1h';
      database.exec(
        `UPDATE ${table} SET cost = ${sum('event.cost')}, unpriced = ${sum(`iif(event.cost IS NULL, ${all}, 0)`)}`,
      );
    }
    assert.notEqual(totals(ledger).costNanoUSD, costNanoUSD);
    assert.deepEqual(totals(ledger), totalsOfRequests(ledger));
    const report = await scanHome(home, ledger);
    assert.equal(report.events, 50);
    assert.deepEqual(contents(ledger), right);
    assert.equal((await scanHome(home, ledger)).events, 0);
  });
});
