import assert from 'node:assert/strict';
import { rooCode } from '../../src/readers/roo-code.ts';
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

  it('tells the project, from the file beside the task or from its first prompt', () => {
    const projects = (name: string) => [
      ...new Set(
        read(name)
          .requests()
          .map(({ project }) => project),
      ),
    ];
    assert.deepEqual(projects('cache-in-input'), ['/home/ada/shop']);
    assert.deepEqual(projects('old-history'), ['c:\\Users\\Ada\\shop', undefined]);
  });

  it('looks into the folder of its extension', () => {
    const dirs = rooCode.logs({ home: '/Users/ada', platform: 'darwin', env: {} }).map(({ dir }) => dir);
    const tasks = 'User/globalStorage/rooveterinaryinc.roo-cline/tasks';
    assert.ok(dirs.includes(`/Users/ada/Library/Application Support/Cursor/${tasks}`));
  });
});
