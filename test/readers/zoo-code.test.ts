import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';

const storage = '.config/Code/User/globalStorage';
const taken = 'tasks/0198c1d2-0000-7000-8000-0000000000b1';

describe('Zoo Code', () => {
  it('leaves requests of tasks that were taken along to Roo Code, whichever is read first', async () => {
    for (const first of ['rooveterinaryinc.roo-cline', 'zoocodeorganization.zoo-code']) {
      const home = fixtureHome('zoo-code', 'requests');
      const [roo, zoo] = ['rooveterinaryinc.roo-cline', 'zoocodeorganization.zoo-code'].map((id) =>
        join(home, storage, id, taken),
      );
      cpSync(zoo ?? '', roo ?? '', { recursive: true });
      const usage = countedHome(home);
      await usage.scan({ paths: usage.logs().flatMap(({ path }) => (path.includes(first) ? [path] : [])) });
      await usage.scan();
      const { 'roo-code': rooCode = {}, 'zoo-code': zooCode = {} } = usage.totals();
      assert.deepEqual([Object.keys(rooCode), Object.keys(zooCode)], [['gpt-5.2'], ['claude-sonnet-4.6']]);
      assert.equal(rooCode['gpt-5.2']?.events, 1);
      usage.close();
    }
  });
});
