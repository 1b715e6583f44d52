import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { claudeDesktop } from '../../src/readers/claude-desktop.ts';
import { countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';

const transcript =
  'local-agent-mode-sessions/4a6925b5-0000-4000-8000-000000000001/d6223e63-0000-4000-8000-000000000001/local_ea335947/.claude/projects/-sessions-eager-ada/77777777-0000-4000-8000-000000000001.jsonl';

describe('Claude Desktop', () => {
  it('is looked for where each system keeps data of applications', () => {
    const dirs = (platform: NodeJS.Platform, home: string, env = {}) =>
      claudeDesktop.logs({ home, platform, env }).map(({ dir }) => dir);
    assert.deepEqual(dirs('darwin', '/Users/ada'), [
      '/Users/ada/Library/Application Support/Claude/local-agent-mode-sessions',
    ]);
    assert.deepEqual(dirs('linux', '/home/ada'), ['/home/ada/.config/Claude/local-agent-mode-sessions']);
    assert.deepEqual(dirs('win32', 'C:\\Users\\ada', { APPDATA: 'D:\\Roaming' }), [
      'D:/Roaming/Claude/local-agent-mode-sessions',
      'C:/Users/ada/AppData/Local/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming/Claude/local-agent-mode-sessions',
    ]);
  });

  it('is no part of what its sessions work on', () => {
    const enter = claudeDesktop.logs({ home: '/home/ada', platform: 'linux', env: {} })[0]?.enter;
    assert.equal(enter?.test('a/b/local_1/.claude/projects/p/s/subagents'), true);
    assert.equal(enter?.test('a/b/local_1/uploads'), false);
    assert.equal(enter?.test('a/b/local_1/.claude/shell-snapshots'), false);
  });

  it('shares a request with a transcript of Claude Code, which counts once', async () => {
    const home = fixtureHome('claude-desktop', 'agent-mode');
    const before = countedHome(home);
    await before.scan();
    const events = Object.values(before.totals()).flatMap((models) => Object.values(models));
    before.close();
    mkdirSync(join(home, '.claude/projects/-sessions-eager-ada'), { recursive: true });
    cpSync(join(home, '.config/Claude', transcript), join(home, '.claude/projects/-sessions-eager-ada/copy.jsonl'));
    const usage = countedHome(home);
    await usage.scan();
    const again = Object.values(usage.totals()).flatMap((models) => Object.values(models));
    usage.close();
    const sum = (all: typeof events) => all.reduce((total, { input, output }) => total + input + output, 0);
    assert.equal(sum(again), sum(events));
  });
});
