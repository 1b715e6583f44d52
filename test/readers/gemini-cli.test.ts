import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { geminiCli } from '../../src/readers/gemini-cli.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'gemini-cli');

describe('Gemini CLI', () => {
  for (const name of readdirSync(fixtures))
    it(`counts the fixture ${name}`, () => {
      const usage = homeUsage(geminiCli, fixtureHome('gemini-cli', name));
      usage.read();
      assert.deepEqual(usage.totals(), JSON.parse(readFileSync(join(fixtures, name, 'expected.json'), 'utf8')));
    });

  it('takes cached tokens out of the input, and thoughts and tool use in', () => {
    const usage = homeUsage(geminiCli, fixtureHome('gemini-cli', 'document'));
    usage.read();
    assert.deepEqual(usage.requests()[0]?.tokens, {
      input: 1530,
      output: 220,
      cacheRead: 500,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      reasoning: 20,
    });
  });

  it('finds the project behind a hash, a short name and a marker file', () => {
    const projects = ['document', 'two-places', 'lines'].map((name) => {
      const usage = homeUsage(geminiCli, fixtureHome('gemini-cli', name));
      usage.read();
      return new Set(usage.requests().map(({ project }) => project));
    });
    assert.deepEqual(projects, [
      new Set(['/home/ada/engine']),
      // The main session's folder names are known nowhere; the subagent's file tells its folders.
      new Set([undefined, '/home/ada/loom']),
      new Set(['/srv/web shop']),
    ]);
  });

  it("counts a subagent's requests as its parent session's", () => {
    const usage = homeUsage(geminiCli, fixtureHome('gemini-cli', 'two-places'));
    usage.read();
    assert.deepEqual(
      [...new Set(usage.requests().map(({ session }) => session))],
      ['deadbeef-0000-4000-8000-000000000003'],
    );
    assert.deepEqual(
      usage.requests().map(({ subagent }) => subagent),
      [false, false, false, true],
    );
  });

  it('goes on in a growing file under the session of its header', () => {
    const home = fixtureHome('gemini-cli', 'lines');
    const usage = homeUsage(geminiCli, home);
    usage.read();
    const before = usage.totals();
    assert.deepEqual(usage.read(), []);
    const tokens = { input: 4, output: 1, cached: 0, thoughts: 0, tool: 0, total: 5 };
    const message = { id: 'g9', timestamp: '2026-03-01T13:00:00.000Z', type: 'gemini', tokens, model: 'gemini-3-pro' };
    const file = join(home, '.gemini/tmp/web-shop/chats/session-2026-03-01T12-00-c0ffee00.jsonl');
    appendFileSync(file, `${JSON.stringify(message)}\n`);
    const found = usage.read();
    assert.deepEqual(
      found.map(({ key, session, project }) => [key, session, project]),
      [['gemini:g9', 'c0ffee00-0000-4000-8000-000000000002', '/srv/web shop']],
    );
    const added = { input: 4, output: 1, cacheRead: 0, cacheWrite: 0, reasoning: 0, events: 1 };
    assert.deepEqual(usage.totals(), { 'gemini-cli': { ...before['gemini-cli'], 'gemini-3-pro': added } });
  });

  it('keeps what a rewritten file no longer tells and takes its newer counts', () => {
    const home = fixtureHome('gemini-cli', 'cut');
    const usage = homeUsage(geminiCli, home);
    usage.read();
    const folder = join(home, '.gemini/tmp', readdirSync(join(home, '.gemini/tmp'))[0] ?? '', 'chats');
    const file = join(folder, 'session-2026-01-11T09-00-aaaaaaaa.json');
    const session = JSON.parse(readFileSync(file, 'utf8'));
    session.messages[0].tokens.output = 30;
    session.lastUpdated = '2026-01-11T10:00:00.000Z';
    writeFileSync(file, JSON.stringify(session));
    usage.read();
    assert.equal(usage.totals()['gemini-cli']?.['gemini-2.5-pro']?.output, 32);
    writeFileSync(file, JSON.stringify({ ...session, messages: [] }));
    usage.read();
    assert.equal(usage.totals()['gemini-cli']?.['gemini-2.5-pro']?.output, 32);
  });

  it('looks where the environment says, with and without .gemini in between', () => {
    for (const [variable, value, moved] of [
      ['GEMINI_CLI_HOME', 'elsewhere', 'elsewhere/.gemini/tmp'],
      ['GEMINI_CLI_HOME', 'elsewhere', 'elsewhere/tmp'],
      ['GEMINI_DATA_DIR', 'elsewhere/tmp/', 'elsewhere/tmp'],
      ['GEMINI_DATA_DIR', 'elsewhere', 'elsewhere/tmp'],
    ] as const) {
      const home = fixtureHome('gemini-cli', 'lines');
      mkdirSync(dirname(join(home, moved)), { recursive: true });
      renameSync(join(home, '.gemini/tmp'), join(home, moved));
      const usage = homeUsage(geminiCli, home, { env: { [variable]: `${home}/${value}` } });
      usage.read();
      assert.equal(usage.requests().length, 4, `${variable} ${moved}`);
    }
  });

  it('writes its places with forward slashes on Windows', () => {
    const places = geminiCli.logs({ home: 'C:\\Users\\Ada', platform: 'win32', env: {} });
    assert.deepEqual([...new Set(places.map(({ dir }) => dir))], ['C:/Users/Ada/.gemini/tmp']);
  });
});
