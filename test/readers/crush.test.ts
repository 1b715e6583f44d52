import assert from 'node:assert/strict';
import { crush } from '../../src/readers/crush.ts';
import type { Machine } from '../../src/readers/reader.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

function dirs(machine: Machine, lists: Readonly<Record<string, unknown>>): readonly string[] {
  const read = (path: string) => (path in lists ? JSON.stringify(lists[path]) : undefined);
  return crush.logs(machine, read).map(({ dir }) => dir);
}

describe('Crush', () => {
  it('looks in the projects that it lists', () => {
    const linux = {
      '/home/ada/.local/share/crush/projects.json': {
        projects: [{ path: '/srv/x', data_dir: '/srv/x/.crush' }, { path: '/srv/y', data_dir: '.crush' }, {}],
      },
    };
    assert.deepEqual(dirs({ home: '/home/ada', platform: 'linux', env: {} }, linux), [
      '/home/ada/.crush',
      '/srv/x/.crush',
      '/srv/y/.crush',
    ]);
    const windows = {
      'C:/Users/Ada/AppData/Local/crush/projects.json': { projects: [{ path: 'D:\\x', data_dir: 'D:\\x\\.crush' }] },
    };
    assert.deepEqual(dirs({ home: 'C:\\Users\\Ada', platform: 'win32', env: {} }, windows), [
      'C:/Users/Ada/.crush',
      'D:/x/.crush',
    ]);
    assert.deepEqual(
      dirs(
        { home: '/home/ada', platform: 'linux', env: {} },
        { '/home/ada/.local/share/crush/projects.json': 'broken' },
      ),
      ['/home/ada/.crush'],
    );
  });

  it('says that its counts are estimates, and counts what a subagent cost once', () => {
    const home = fixtureHome('crush', 'projects');
    const usage = homeUsage(crush, home);
    usage.read();
    assert.deepEqual(
      usage
        .requests()
        .map(({ session, project, subagent, reportedUSD, estimated }) => [
          session,
          project,
          subagent,
          reportedUSD,
          estimated,
        ]),
      [
        ['s1', `${home}/work/loom`, undefined, 1.25, true],
        ['s1', `${home}/work/loom`, true, undefined, true],
        ['s3', `${home}/work/loom`, undefined, undefined, true],
      ],
    );
  });
});
