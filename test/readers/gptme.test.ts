import assert from 'node:assert/strict';
import { gptme } from '../../src/readers/gptme.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

describe('gptme', () => {
  it('tells the conversation’s folder, as other tools write it', () => {
    const home = fixtureHome('gptme', 'conversations');
    const usage = homeUsage(gptme, home);
    usage.read();
    const found = usage.requests().find(({ model }) => model === 'openrouter/qwen/qwen3-coder');
    assert.deepEqual([found?.session, found?.project], ['2026-05-12-brave-fox', `${home}/code/fox`]);
  });

  it('looks in the data folder of each system, and where its variable says', () => {
    const dirs = (platform: NodeJS.Platform, home: string, env = {}) =>
      gptme.logs({ home, platform, env }).map(({ dir }) => dir);
    assert.ok(dirs('darwin', '/Users/ada').includes('/Users/ada/Library/Application Support/gptme/logs'));
    assert.ok(dirs('win32', 'C:\\Users\\Ada').includes('C:/Users/Ada/AppData/Local/gptme/gptme/logs'));
    assert.ok(dirs('linux', '/home/ada', { GPTME_LOGS_HOME: '/data/chats/' }).includes('/data/chats'));
  });
});
