import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';

const sessions = '.vibe/logs/session';

describe('Mistral Vibe', () => {
  it('goes on counting a session whose parent was deleted', async () => {
    const usage = countedHome(fixtureHome('mistral-vibe', 'sums'));
    await usage.scan();
    const before = usage.totals()['mistral-vibe']?.['devstral-2'];
    rmSync(join(usage.home, sessions, 'session_20260510_080000_019e1e27'), { recursive: true });
    const file = join(usage.home, sessions, 'session_20260510_090000_019e1f00/meta.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('170000', '171000').replace('6500', '6510'));
    await usage.scan();
    const after = usage.totals()['mistral-vibe']?.['devstral-2'];
    usage.close();
    assert.deepEqual(
      [(after?.input ?? 0) - (before?.input ?? 0), (after?.output ?? 0) - (before?.output ?? 0)],
      [1000, 10],
    );
  });
});
