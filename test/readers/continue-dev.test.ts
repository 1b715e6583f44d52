import assert from 'node:assert/strict';
import { rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';

const file = '.continue/dev_data/devdata.sqlite';

describe('Continue', () => {
  it('counts a request once that both logs tell, whichever is read first, and marks it as an estimate', async () => {
    for (const first of ['database', 'lines']) {
      const usage = countedHome(fixtureHome('continue', 'dev-data'));
      const logs = usage.logs().toSorted((a, b) => (a.kind === first ? -1 : b.kind === first ? 1 : 0));
      for (const { path } of logs) await usage.scan({ paths: [path] });
      assert.equal(usage.totals().continue?.['gpt-5.2']?.events, 4, first);
      for (const { estimatedTokens, input, output } of usage.modelTallies())
        assert.equal(estimatedTokens, input + output);
      usage.close();
    }
  });

  it('counts what is new, and nothing twice when its table is begun anew', async () => {
    const usage = countedHome(fixtureHome('continue', 'dev-data'));
    rmSync(join(usage.home, '.continue/dev_data/0.2.0'), { recursive: true });
    await usage.scan();
    const change = async (sql: string, seconds: number): Promise<number | undefined> => {
      const database = new DatabaseSync(join(usage.home, file));
      database.exec(sql);
      database.close();
      const time = Date.now() / 1000 + seconds;
      utimesSync(join(usage.home, file), time, time);
      await usage.scan();
      return usage.totals().continue?.['gpt-5.2']?.events;
    };
    const add = (id: number) =>
      `INSERT INTO tokens_generated VALUES (${id}, 'gpt-5.2', 'openai', 5, 100, '2026-05-01 08:00:09')`;
    assert.equal(await change(add(9), 5), 4, 'one more of the same counts');
    assert.equal(await change(`DELETE FROM tokens_generated WHERE id > 1; ${add(2)}; ${add(3)}; ${add(4)}`, 10), 4);
    usage.close();
  });
});
