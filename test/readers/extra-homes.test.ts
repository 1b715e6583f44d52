import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { realPaths } from '../../src/ledger/real-paths.ts';
import { withExtraFolders } from '../../src/readers/extra-folders.ts';
import { machineOfHome } from '../../src/readers/extra-homes.ts';
import { readers } from '../../src/readers/index.ts';
import { countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';

describe('Another home', () => {
  it('has the shape of the system that it belongs to, and no environment', () => {
    const shape = (home: string, platform: NodeJS.Platform) => machineOfHome(home, { platform });
    assert.deepEqual(shape('/mnt/c/Users/ada/', 'linux'), { home: '/mnt/c/Users/ada', platform: 'win32', env: {} });
    assert.equal(shape('/mnt/backup/home/ada', 'linux').platform, 'linux');
    assert.equal(shape('/mnt/c/Users', 'linux').platform, 'linux');
    assert.deepEqual(shape('\\\\wsl.localhost\\Ubuntu\\home\\ada', 'win32'), {
      home: '//wsl.localhost/Ubuntu/home/ada',
      platform: 'linux',
      env: {},
    });
    assert.equal(shape('D:\\Users\\ada', 'win32').platform, 'win32');
    assert.equal(shape('/Volumes/Backup/Users/ada', 'darwin').platform, 'darwin');
  });

  it('is looked into by every reader, where its system keeps logs', () => {
    const machine = { home: '/home/ada', platform: 'linux', env: { CLAUDE_CONFIG_DIR: '/elsewhere' } } as const;
    const all = withExtraFolders(readers, ['/mnt/c/Users/ada'])
      .flatMap((reader) => reader.logs(machine))
      .map(({ dir }) => dir);
    assert.ok(all.includes('/elsewhere/projects'));
    assert.ok(all.includes('/mnt/c/Users/ada/.claude/projects'));
    assert.ok(all.includes('/mnt/c/Users/ada/AppData/Roaming/Claude/local-agent-mode-sessions'));
    for (const reader of readers) {
      const extra = withExtraFolders([reader], ['/mnt/c/Users/ada'])[0];
      const places = extra?.logs(machine) ?? [];
      assert.ok(
        places.some(({ dir }) => dir.startsWith('/mnt/c/Users/ada')),
        reader.id,
      );
      assert.ok(
        places.every(({ dir }) => !dir.includes('\\')),
        reader.id,
      );
    }
  });

  it('counts its own logs, and once what links show in both', async () => {
    const other = fixtureHome('droid', 'sums');
    const home = fixtureHome('amp', 'messages');
    mkdirSync(join(home, '.factory'));
    symlinkSync(join(other, '.factory/sessions'), join(home, '.factory/sessions'));
    const usage = countedHome(home);
    try {
      const both = withExtraFolders(readers, [other, home], realPaths());
      const report = await usage.scan({ readers: both });
      assert.deepEqual(Object.keys(usage.totals()).sort(), ['amp', 'droid']);
      assert.equal(usage.totals().droid?.['claude-opus-4-5-20251101']?.events, 1);
      assert.equal(report.filesRead, 5);
      rmSync(join(home, '.factory'), { recursive: true });
      await usage.scan({ readers: withExtraFolders(readers, [other], realPaths()) });
      assert.equal(usage.totals().droid?.['claude-opus-4-5-20251101']?.events, 1);
    } finally {
      usage.close();
    }
  });
});
