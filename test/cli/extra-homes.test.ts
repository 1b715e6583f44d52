import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fixtureHome } from '../readers/fixture-home.ts';
import { newHome, tokenboard } from './command.ts';

describe('tokenboard with further homes', () => {
  /** What the report tells by tool. */
  async function toolsOf(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<readonly string[]> {
    const { code, out, err } = await tokenboard(['report', '--by', 'tool', '--json', ...args], env);
    assert.deepEqual([code, err], [0, '']);
    const { rows } = JSON.parse(out) as { readonly rows: readonly { readonly tool: string }[] };
    return rows.map(({ tool }) => tool).sort();
  }

  it('counts the logs of each --extra-home as well', async () => {
    const [amp, droid] = [fixtureHome('amp', 'messages'), fixtureHome('droid', 'sums')];
    assert.deepEqual(await toolsOf(['--home', newHome(), '--extra-home', amp, '--extra-home', droid]), [
      'amp',
      'droid',
    ]);
  });

  it('counts the logs of TOKENBOARD_EXTRA_HOMES, unless another home is asked for', async () => {
    const own = newHome();
    const TOKENBOARD_EXTRA_HOMES = [fixtureHome('amp', 'messages'), join(own, 'missing')].join(delimiter);
    const env = { HOME: own, USERPROFILE: own, LOCALAPPDATA: own, TOKENBOARD_EXTRA_HOMES };
    assert.deepEqual(await toolsOf([], env), ['amp']);
    assert.deepEqual(await toolsOf(['--home', newHome()], { TOKENBOARD_EXTRA_HOMES }), []);
  });

  it('says where an extra home is none', async () => {
    const home = newHome();
    mkdirSync(join(home, 'there'));
    const { code, err } = await tokenboard(['scan', '--home', home, '--extra-home', 'nowhere']);
    assert.deepEqual([code, err], [2, "tokenboard: --extra-home 'nowhere' is no folder.\n"]);
  });
});
