import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newHome, tokenboard, writeClaudeLog } from '../cli/command.ts';
import { reported } from './keep-ledger.ts';
import { type KeptRows, keptBytes, keptJson, keptVersions } from './kept.ts';

for (const version of keptVersions()) {
  describe(`A ledger of version ${version}`, function () {
    this.timeout(120_000);
    let data: string;
    const home = newHome();

    before(() => {
      data = newHome();
      writeFileSync(join(data, 'ledger.db'), keptBytes(version, 'ledger.db'));
    });

    it('opens with every count that it had, though all logs are gone', async () => {
      const kept = keptJson<KeptRows>(version, 'ledger');
      assert.ok(kept.length > 100, `${kept.length} rows`);
      assert.deepEqual(await reported(home, data), kept);
    });

    it('goes on counting', async () => {
      const before = await reported(home, data);
      writeClaudeLog(home, 'shop/new.jsonl', [{ id: 'new', time: '2026-11-21T10:00:00Z', tokens: [1, 2, 3, 4, 0] }]);
      const rows = await reported(home, data);
      assert.deepEqual(
        rows.filter(({ day }) => day !== '2026-11-21'),
        before,
      );
      const [added] = rows.filter(({ day }) => day === '2026-11-21');
      assert.deepEqual([added?.input, added?.output, added?.cacheRead, added?.cacheWrite], [1, 2, 3, 4]);
    });
  });
}

describe('A ledger of a newer version', () => {
  it('is refused in a clear sentence and left as it is', async () => {
    const [version = ''] = keptVersions();
    const data = newHome();
    const file = join(data, 'ledger.db');
    writeFileSync(file, keptBytes(version, 'ledger.db'));
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 1000');
    newer.close();
    const bytes = readFileSync(file);
    const { code, err } = await tokenboard(['report', '--by', 'tool'], { TOKENBOARD_DATA_DIR: data });
    assert.equal(code, 1);
    assert.match(err, /newer version of Tokenboard.*please update/s);
    assert.deepEqual(readFileSync(file), bytes);
  });
});
