import assert from 'node:assert/strict';
import { kiloCode } from '../../src/readers/kilo-code.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

describe('Kilo Code', () => {
  it('tells who served a request, what it cost, and the model that its prompt names', () => {
    const usage = homeUsage(kiloCode, fixtureHome('kilo-code', 'requests'));
    usage.read();
    assert.deepEqual(
      usage.requests().map(({ provider, model, reportedUSD }) => [provider, model, reportedUSD]),
      [
        ['Anthropic', 'anthropic/claude-opus-4.5', 0.02],
        ['Anthropic', 'anthropic/claude-opus-4.5', 0.01],
      ],
    );
  });

  it('looks into the folder of its extension', () => {
    const dirs = kiloCode.logs({ home: '/home/ada', platform: 'linux', env: {} }).map(({ dir }) => dir);
    assert.ok(dirs.includes('/home/ada/.config/Code/User/globalStorage/kilocode.kilo-code/tasks'));
  });
});
