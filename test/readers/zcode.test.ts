import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zcode } from '../../src/readers/zcode.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

describe('ZCode', () => {
  it('reads a request that was still being answered once it is complete', () => {
    const home = fixtureHome('zcode', 'database');
    const usage = homeUsage(zcode, home);
    usage.read();
    const database = new DatabaseSync(join(home, '.zcode/cli/db/db.sqlite'));
    database.exec(
      "UPDATE model_usage SET completed_at = started_at + 60000, input_tokens = 9, output_tokens = 2 WHERE id = 'u4'",
    );
    database.close();
    // Those of the last moment are told once more, under the same key.
    assert.deepEqual(
      usage.read().map(({ key, tokens }) => [key, tokens.input, tokens.output]),
      [
        ['zcode:u6', 300, 3],
        ['zcode:u4', 9, 2],
      ],
    );
  });

  it('books a subagent’s work to the session that began it', () => {
    const usage = homeUsage(zcode, fixtureHome('zcode', 'database'));
    usage.read();
    const scout = usage.requests().find(({ model }) => model === 'GLM-5.3-Flash');
    assert.deepEqual([scout?.session, scout?.subagent, scout?.agent], ['s1', true, 's2']);
  });
});
