import assert from 'node:assert/strict';
import { everyCode } from '../../src/readers/every-code.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

describe('Every Code', () => {
  it('gives each request to the model that answered, and to the session, folder and branch', () => {
    const usage = homeUsage(everyCode, fixtureHome('every-code', 'rollouts'));
    usage.read();
    const rerouted = usage.requests().find(({ model }) => model === 'gpt-5.4-mini');
    assert.deepEqual(
      [rerouted?.session, rerouted?.project, rerouted?.branch, rerouted?.tokens.reasoning],
      ['0e0e0001-1111-4222-8333-00000000ec01', '/home/dev/app', 'main', 60],
    );
  });

  it('looks in the home that its variable names', () => {
    const dirs = (env: Record<string, string>) =>
      everyCode.logs({ home: '/home/ada', platform: 'linux', env }).map(({ dir }) => dir);
    assert.deepEqual(dirs({}), ['/home/ada/.code/sessions']);
    assert.deepEqual(dirs({ CODE_HOME: '/data/code/', CODEX_HOME: '/x' }), ['/data/code/sessions']);
  });
});
