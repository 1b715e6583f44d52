import assert from 'node:assert/strict';
import { rooCode } from '../../src/readers/roo-code.ts';
import { countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';
import { type HomeUsage, homeUsage } from './home-usage.ts';

function read(name: string): HomeUsage {
  const usage = homeUsage(rooCode, fixtureHome('roo-code', name));
  usage.read();
  return usage;
}

describe('Roo Code', () => {
  it('takes the cache out of an input that can hold it, and leaves one that cannot', () => {
    assert.deepEqual(
      read('cache-in-input')
        .requests()
        .slice(0, 3)
        .map(({ tokens }) => [tokens.input, tokens.cacheRead, tokens.cacheWrite5m]),
      [
        [412, 49_500, 1000],
        [412, 49_500, 1000],
        [400, 600, 0],
      ],
    );
  });

  it('tells the project, from the file beside the task or from its first prompt', async () => {
    const projects = async (name: string) => {
      const usage = countedHome(fixtureHome('roo-code', name));
      await usage.scan();
      const found = new Set(usage.tallies().map(({ project }) => project));
      usage.close();
      return [...found].sort();
    };
    assert.deepEqual(await projects('cache-in-input'), ['/home/ada/shop']);
    assert.deepEqual(await projects('old-history'), ['', 'c:\\Users\\Ada\\shop']);
  });

  it('looks into the folder of its extension', () => {
    const dirs = rooCode.logs({ home: '/Users/ada', platform: 'darwin', env: {} }).map(({ dir }) => dir);
    const tasks = 'User/globalStorage/rooveterinaryinc.roo-cline/tasks';
    assert.ok(dirs.includes(`/Users/ada/Library/Application Support/Cursor/${tasks}`));
  });

  it('looks where a person has it keep its tasks', () => {
    const settings: Record<string, string> = {
      '/home/ada/.config/Code/User/settings.json': '{ // mine\n  "roo-cline.customStoragePath" : "/data/roo/",\n }',
      '/home/ada/.config/VSCodium/User/settings.json': '{ "roo-cline.customStoragePath": "" }',
    };
    const places = rooCode.logs({ home: '/home/ada', platform: 'linux', env: {} }, (path) => settings[path]);
    const elsewhere = places.filter(({ dir }) => !dir.includes('globalStorage'));
    assert.deepEqual(
      elsewhere.map(({ dir }) => dir),
      ['/data/roo/tasks'],
    );
    assert.ok(elsewhere[0]?.files.test('0f1e/ui_messages.json'));
  });
});
