import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pi } from '../../src/readers/pi.ts';
import { countedHome } from './counted-home.ts';
import { expectedOf } from './fixture-cases.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

const sessions = '.pi/agent/sessions/--home-ada-loom--';

describe('pi', () => {
  it('counts a session once that was written anew with ids', async () => {
    const home = fixtureHome('pi', 'forks');
    const usage = countedHome(home);
    await usage.scan();
    const name = readdirSync(join(home, sessions)).find((file) => file.startsWith('2025')) ?? '';
    const lines = readFileSync(join(home, sessions, name), 'utf8')
      .trim()
      .split('\n');
    const migrated = lines.map((line, index) =>
      JSON.stringify({ ...JSON.parse(line), id: `new-${index}`, version: 2 }),
    );
    writeFileSync(join(home, sessions, name), `${migrated.join('\n')}\n`);
    await usage.scan();
    assert.deepEqual(usage.totals(), expectedOf('pi', 'forks'));
    usage.close();
  });

  it('gives a fork’s copies to the first session, and a subagent’s work to the session that began it', () => {
    const forks = homeUsage(pi, fixtureHome('pi', 'forks'));
    forks.read();
    const copied = forks.requests().find(({ tokens }) => tokens.cacheWrite1h === 600);
    assert.deepEqual(
      [copied?.session, copied?.project, copied?.reportedUSD, copied?.tokens.cacheWrite5m],
      ['019c0000-0000-7000-8000-00000000000a', '/home/ada/loom', 0.0125, 400],
    );
    const relatives = homeUsage(pi, fixtureHome('pi', 'relatives'));
    relatives.read();
    const scout = relatives.requests().find(({ tokens }) => tokens.output === 70);
    assert.deepEqual(
      [scout?.session, scout?.subagent, scout?.agent],
      ['019c0000-0000-7000-8000-00000000000d', true, '019c0000-0000-7000-8000-00000000000e'],
    );
  });

  it('looks in the folders that variables name as well', () => {
    const env = { PI_CODING_AGENT_DIR: '/data/pi/', OMO_CODING_AGENT_SESSION_DIR: '/data/omo' };
    const dirs = pi.logs({ home: '/home/ada', platform: 'linux', env }).map(({ dir }) => dir);
    for (const dir of [
      '/home/ada/.pi/agent/sessions',
      '/home/ada/.local/share/gjc/sessions',
      '/data/pi/sessions',
      '/data/omo',
    ])
      assert.ok(dirs.includes(dir), dir);
  });
});
